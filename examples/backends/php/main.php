<?php
// Tries the verifier: a token a line on stdin, an answer a line on stdout. Not to copy.

declare(strict_types=1);

require __DIR__ . '/Verifier.php';

$verifier = new Verifier(
    getenv('ASSAY_ISSUER'),
    getenv('ASSAY_AUDIENCE'),
    getenv('ASSAY_FOLDER'),
    cooldown: (float) (getenv('ASSAY_COOLDOWN') ?: 30),
    feedEvery: (float) (getenv('ASSAY_FEED_EVERY') ?: 5),
);

while (($line = fgets(STDIN)) !== false) {
    try {
        $answer = 'ok ' . $verifier->verify(rtrim($line, "\n"))['sub'];
    } catch (Refused $refused) {
        $answer = "refused {$refused->getMessage()}";
    } catch (Unavailable $unavailable) {
        $answer = "unavailable {$unavailable->getMessage()}";
    }
    echo "$answer\n";
}
