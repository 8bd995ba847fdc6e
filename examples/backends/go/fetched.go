// Copy this file with verifier.go. What a verifier fetches: keys, and the sessions that have ended.

package main

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"regexp"
	"time"
)

// The key of that id. The set is fetched again after its max-age, and for an unknown kid; never more often than every
// Cooldown. Where that fails, what is known goes on: the end of the list of ended sessions ends that too.
func (v *Verifier) key(kid any) (key, error) {
	v.keys.Lock()
	defer v.keys.Unlock()
	id, _ := kid.(string)
	_, known := v.keys.known[id]
	wait := v.Cooldown
	if len(v.keys.known) == 0 {
		wait = time.Second
	}
	if (!known || time.Now().After(v.keys.until)) && time.Since(v.keys.asked) >= wait {
		v.keys.asked = time.Now()
		v.fetchKeys()
	}
	if len(v.keys.known) == 0 {
		return key{}, fmt.Errorf("%w: no key set", ErrUnavailable)
	}
	if found, known := v.keys.known[id]; known {
		return found, nil
	}
	return key{}, errors.New("refused: no such key")
}

var maxAge = regexp.MustCompile(`max-age=(\d+)`)

func (v *Verifier) fetchKeys() {
	var set struct{ Keys []Object }
	answer, body := v.get("/.well-known/jwks.json", "")
	if answer == nil || answer.StatusCode != 200 || json.Unmarshal(body, &set) != nil {
		return
	}
	known := map[string]key{}
	for _, jwk := range set.Keys {
		if kid, named := jwk["kid"].(string); named && jwk["use"] == "sig" {
			if one := readKey(jwk); one.public != nil {
				known[kid] = one
			}
		}
	}
	lifetime := 300 * time.Second
	if found := maxAge.FindStringSubmatch(answer.Header.Get("Cache-Control")); found != nil {
		lifetime, _ = time.ParseDuration(found[1] + "s")
	}
	v.keys.known, v.keys.until = known, time.Now().Add(lifetime)
}

func readKey(jwk Object) key {
	number := func(name string) *big.Int { return new(big.Int).SetBytes(octets(jwk[name])) }
	switch jwk["alg"] {
	case "ES256":
		return key{"ES256", &ecdsa.PublicKey{Curve: elliptic.P256(), X: number("x"), Y: number("y")}}
	case "RS256":
		return key{"RS256", &rsa.PublicKey{N: number("n"), E: int(number("e").Int64())}}
	case "EdDSA":
		if x := octets(jwk["x"]); len(x) == ed25519.PublicKeySize {
			return key{"EdDSA", ed25519.PublicKey(x)}
		}
	}
	return key{}
}

// Whether the session goes on, by the signed list of those that have ended, asked for again once FeedEvery has passed.
func (v *Verifier) live(sid string) error {
	v.ended.Lock()
	defer v.ended.Unlock()
	if time.Since(v.ended.asked) >= v.FeedEvery {
		v.ended.asked = time.Now()
		v.fetchEnded() // What cannot be had or believed changes nothing: the last list counts until its exp.
	}
	// Closed: with no list that is valid now, nobody gets in. To stay open instead, leave this out; a session that was
	// ended then lasts until its token's exp.
	if time.Now().After(v.ended.until) {
		return fmt.Errorf("%w: no valid list of ended sessions", ErrUnavailable)
	}
	if v.ended.sids[sid] {
		return errors.New("refused: the session has ended")
	}
	return nil
}

func (v *Verifier) fetchEnded() {
	answer, body := v.get("/.well-known/revoked-sessions", v.ended.etag)
	if answer == nil || answer.StatusCode != 200 {
		return
	}
	feed, err := v.read(string(body), "revoked-sessions+jwt")
	list, isList := feed["sids"].([]any)
	if err != nil || !isList {
		return
	}
	v.ended.sids = map[string]bool{}
	for _, one := range list {
		sid, _ := one.(string)
		v.ended.sids[sid] = true
	}
	v.ended.until, v.ended.etag = time.Unix(int64(feed["exp"].(float64)), 0), answer.Header.Get("ETag")
}

var client = http.Client{Timeout: 2 * time.Second}

func (v *Verifier) get(path, etag string) (*http.Response, []byte) {
	request, err := http.NewRequest("GET", v.Issuer+path, nil)
	if err != nil {
		return nil, nil
	}
	if etag != "" {
		request.Header.Set("If-None-Match", etag)
	}
	answer, err := client.Do(request)
	if err != nil {
		return nil, nil
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, 16<<20))
	if err != nil {
		return nil, nil
	}
	return answer, body
}
