/** The migrations that this code is written for. */
export const migrationsFolder = new URL('../migrations/', import.meta.url)
