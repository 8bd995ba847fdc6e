<?php
// Copy this file. Needs PHP 8.1 or newer with openssl and, for EdDSA, sodium.
//
//   $verifier = new Verifier('https://sso.example.com', 'https://api.example.com', '/var/lib/my-api/assay');
//   $claims = $verifier->verify($bearer); // Refused: answer 401. Unavailable: answer 503.

declare(strict_types=1);

/** The token is not believed. */
final class Refused extends Exception {}

/** Keys, or the list of ended sessions, cannot be had now. */
final class Unavailable extends Exception {}

/** Verifies Assay's access tokens. */
final class Verifier
{
    /**
     * `issuer` is Assay's PUBLIC_URL, `audience` the audience of your client there. `folder` keeps what was fetched from
     * one request to the next: whoever can write there decides who gets in, so let that be the service alone. Seconds:
     * `cooldown` is the least time between two fetches of the key set, `feedEvery` the least time between two polls of the
     * sessions that have ended, `leeway` how far clocks may differ.
     */
    public function __construct(
        private string $issuer,
        private string $audience,
        private string $folder,
        private float $cooldown = 30,
        private float $feedEvery = 5,
        private float $leeway = 10,
    ) {}

    /** The claims of a good token. */
    public function verify(string $token): array
    {
        $claims = $this->read($token, 'at+jwt');
        if (($claims['aud'] ?? null) !== $this->audience) throw new Refused('wrong aud');
        foreach (['sub', 'sid'] as $name)
            if (!is_string($claims[$name] ?? null) || $claims[$name] === '') throw new Refused("a token without $name");
        if (in_array($claims['sid'], $this->endedSessions(), true)) throw new Refused('the session has ended');
        return $claims;
    }

    /** Type, signature, issuer and times of a token. */
    private function read(string $token, string $typ): array
    {
        if (!preg_match('/\A[\w-]+\.[\w-]+\.[\w-]+\z/', $token)) throw new Refused('not a signed JWT');
        [$head, $body, $signature] = explode('.', $token);
        $header = self::object($head);
        if (($header['typ'] ?? null) !== $typ || array_key_exists('crit', $header))
            throw new Refused('not the type of token that is taken here');
        $key = $this->key($header['kid'] ?? null);
        // The algorithm is the key's; what the header says must be the same.
        if (($header['alg'] ?? null) !== $key['alg'] || !self::signed($key, "$head.$body", self::octets($signature)))
            throw new Refused('wrong algorithm or signature');
        $claims = self::object($body);
        if (($claims['iss'] ?? null) !== $this->issuer) throw new Refused('wrong iss');
        $now = microtime(true);
        [$exp, $nbf] = [$claims['exp'] ?? null, array_key_exists('nbf', $claims) ? $claims['nbf'] : 0];
        if (!self::isTime($exp) || $now >= $exp + $this->leeway) throw new Refused('expired, or no exp');
        if (!self::isTime($nbf) || $now < $nbf - $this->leeway) throw new Refused('not valid yet');
        return $claims;
    }

    private static function isTime(mixed $value): bool
    {
        return is_int($value) || is_float($value);
    }

    private static function signed(array $key, string $message, string $signature): bool
    {
        if ($key['alg'] === 'EdDSA')
            return strlen($signature) === SODIUM_CRYPTO_SIGN_BYTES
                && sodium_crypto_sign_verify_detached($signature, $message, base64_decode($key['public']));
        if ($key['alg'] === 'ES256') {
            if (strlen($signature) !== 64) return false;
            $signature = self::der("\x30", self::integer(substr($signature, 0, 32)) . self::integer(substr($signature, 32)));
        }
        return openssl_verify($message, $signature, $key['public'], OPENSSL_ALGO_SHA256) === 1;
    }

    /**
     * The key of that id. The set is fetched again after its max-age, and for an unknown kid; never more often than every
     * `cooldown`. Where that fails, what is known goes on: the end of the list of ended sessions ends that too.
     */
    private function key(mixed $kid): array
    {
        if (!is_string($kid)) throw new Refused('a token without a kid');
        $kept = $this->kept('keys', function (array $kept) use ($kid) {
            if (isset($kept['value'][$kid]) && microtime(true) < $kept['until']) return null;
            if (microtime(true) - $kept['asked'] < ($kept['value'] === [] ? 1 : $this->cooldown)) return null;
            [$status, $headers, $body] = $this->get('/.well-known/jwks.json');
            $set = json_decode($body, true);
            if ($status !== 200 || !is_array($set['keys'] ?? null)) return [];
            $maxAge = preg_match('/max-age=(\d+)/', $headers['cache-control'] ?? '', $found) ? (int) $found[1] : 300;
            return ['value' => self::publicKeys($set['keys']), 'until' => microtime(true) + $maxAge];
        });
        if ($kept['value'] === []) throw new Unavailable('no key set');
        return $kept['value'][$kid] ?? throw new Refused('no such key');
    }

    private static function publicKeys(array $set): array
    {
        $keys = [];
        foreach ($set as $jwk) {
            if (($jwk['use'] ?? null) !== 'sig' || !is_string($jwk['kid'] ?? null)) continue;
            $part = fn(string $name) => self::octets((string) ($jwk[$name] ?? ''));
            $public = match ($jwk['alg'] ?? null) {
                // SubjectPublicKeyInfo (RFC 5280) of P-256 and of RSA.
                'ES256' => self::pem(hex2bin('3059301306072a8648ce3d020106082a8648ce3d03010703420004') . $part('x') . $part('y')),
                'RS256' => self::pem(self::der("\x30", hex2bin('300d06092a864886f70d0101010500')
                    . self::der("\x03", "\0" . self::der("\x30", self::integer($part('n')) . self::integer($part('e')))))),
                'EdDSA' => base64_encode($part('x')),
                default => null,
            };
            if ($public !== null) $keys[$jwk['kid']] = ['alg' => $jwk['alg'], 'public' => $public];
        }
        return $keys;
    }

    /** The sids that have ended: a signed list, asked for again once `feedEvery` has passed. */
    private function endedSessions(): array
    {
        $kept = $this->kept('ended', function (array $kept) {
            if (microtime(true) - $kept['asked'] < $this->feedEvery) return null;
            [$status, $headers, $body] = $this->get('/.well-known/revoked-sessions', $kept['etag'] ?? '');
            try {
                $feed = $status === 200 ? $this->read($body, 'revoked-sessions+jwt') : [];
            } catch (Refused | Unavailable) {
                $feed = [];
            }
            // What cannot be had or believed changes nothing: the last list counts until its exp.
            if (!is_array($feed['sids'] ?? null)) return [];
            return ['value' => $feed['sids'], 'until' => $feed['exp'], 'etag' => $headers['etag'] ?? ''];
        });
        // Closed: with no list that is valid now, nobody gets in. To stay open instead, leave this out; a session that was
        // ended then lasts until its token's exp.
        if (microtime(true) >= $kept['until']) throw new Unavailable('no valid list of ended sessions');
        return $kept['value'];
    }

    /** What is kept under that name, after `renew` had its say: null for no request, else what a request changed. */
    private function kept(string $name, callable $renew): array
    {
        $file = fopen("$this->folder/$name.json", 'c+') ?: throw new Unavailable("cannot write to $this->folder");
        flock($file, LOCK_EX);
        $kept = json_decode(stream_get_contents($file) ?: '', true) ?? ['value' => [], 'until' => 0, 'asked' => 0];
        $asked = microtime(true);
        $news = $renew($kept);
        if ($news !== null) {
            $kept = [...$kept, ...$news, 'asked' => $asked];
            rewind($file);
            ftruncate($file, 0);
            fwrite($file, json_encode($kept, JSON_THROW_ON_ERROR));
        }
        fclose($file);
        return $kept;
    }

    /** Status, headers by lower-case name, body; status 0 where there is no answer. */
    private function get(string $path, string $etag = ''): array
    {
        $headers = [];
        $http = ['timeout' => 2, 'follow_location' => 0, 'ignore_errors' => true];
        if ($etag !== '') $http['header'] = "If-None-Match: $etag";
        $body = @file_get_contents($this->issuer . $path, false, stream_context_create(['http' => $http]));
        if ($body === false) return [0, $headers, ''];
        foreach ($http_response_header as $line)
            if (str_contains($line, ':')) $headers[strtolower(strstr($line, ':', true))] = trim(substr(strstr($line, ':'), 1));
        return [(int) explode(' ', $http_response_header[0])[1], $headers, $body];
    }

    private static function object(string $part): array
    {
        $object = json_decode(self::octets($part), true);
        return is_array($object) ? $object : [];
    }

    private static function octets(string $base64url): string
    {
        return (string) base64_decode(strtr($base64url, '-_', '+/'), true);
    }

    private static function integer(string $octets): string
    {
        $octets = ltrim($octets, "\0");
        return self::der("\x02", $octets === '' || ord($octets[0]) > 127 ? "\0$octets" : $octets);
    }

    private static function der(string $tag, string $content): string
    {
        $long = ltrim(pack('N', strlen($content)), "\0");
        return $tag . (strlen($content) < 128 ? chr(strlen($content)) : chr(0x80 | strlen($long)) . $long) . $content;
    }

    private static function pem(string $der): string
    {
        return "-----BEGIN PUBLIC KEY-----\n" . chunk_split(base64_encode($der), 64, "\n") . "-----END PUBLIC KEY-----\n";
    }
}
