# Assay from source: Node runs the TypeScript as it is. The container needs no root, no writable file system, no shell.

FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund
COPY openapi.yaml ./
COPY migrations migrations
COPY src src
# Readable for any account, whatever the umask of the checkout.
RUN rm package-lock.json && chmod -R a+rX . && mkdir .compiled && chown 1000:1000 .compiled
# Compiled once, by the account and with the flags that run: Node keeps a cache for each. Another account, or another Node, does
# without.
USER 1000:1000
RUN NODE_COMPILE_CACHE=/app/.compiled \
  node --max-semi-space-size=8 --heap-growing-percent=100 -e "import('/app/src/house.ts')" && chmod -R a+rX .compiled

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 NODE_COMPILE_CACHE=/app/.compiled MALLOC_ARENA_MAX=2
WORKDIR /app
COPY --from=build /app .
# By number, so that a platform can see that it is not root.
USER 1000:1000
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node is process 1: SIGTERM reaches it, and it leaves in order. The flags, and the number of arenas: docs/scaling.md, "Memory".
CMD ["node", "--max-semi-space-size=8", "--heap-growing-percent=100", "src/server.ts"]
