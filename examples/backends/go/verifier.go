// Copy this file and fetched.go. They need Go 1.18 or newer and nothing but its standard library.
//
//	verifier := NewVerifier("https://sso.example.com", "https://api.example.com")
//	claims, err := verifier.Verify(bearer) // answer 401; or 503 where errors.Is(err, ErrUnavailable)

package main

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"math/big"
	"regexp"
	"strings"
	"sync"
	"time"
)

// ErrUnavailable says that keys, or the list of ended sessions, cannot be had now.
var ErrUnavailable = errors.New("unavailable")

// Object is JSON as it stands. No struct: Go would fill a field Sub from a member "SUB" too.
type Object map[string]any

// Verifier verifies Assay's access tokens; make one and keep it, any goroutine may use it.
type Verifier struct {
	Issuer    string        // Assay's PUBLIC_URL
	Audience  string        // the audience of your client there
	Cooldown  time.Duration // least time between two fetches of the key set
	FeedEvery time.Duration // least time between two polls of the sessions that have ended
	Leeway    time.Duration // how far clocks may differ

	keys struct {
		sync.Mutex
		known        map[string]key
		asked, until time.Time
	}
	ended struct {
		sync.Mutex
		sids         map[string]bool
		etag         string
		asked, until time.Time
	}
}

type key struct {
	alg    string
	public crypto.PublicKey
}

// NewVerifier makes a verifier with the usual times.
func NewVerifier(issuer, audience string) *Verifier {
	const second = time.Second
	return &Verifier{Issuer: issuer, Audience: audience, Cooldown: 30 * second, FeedEvery: 5 * second, Leeway: 10 * second}
}

// Verify answers the claims of a good token.
func (v *Verifier) Verify(token string) (Object, error) {
	claims, err := v.read(token, "at+jwt")
	if err != nil {
		return nil, err
	}
	sub, _ := claims["sub"].(string)
	sid, _ := claims["sid"].(string)
	if claims["aud"] != v.Audience || sub == "" || sid == "" {
		return nil, errors.New("refused: wrong aud, or no sub or sid")
	}
	if err := v.live(sid); err != nil {
		return nil, err
	}
	return claims, nil
}

var compact = regexp.MustCompile(`\A[\w-]+\.[\w-]+\.[\w-]+\z`)

// Type, signature, issuer and times of a token.
func (v *Verifier) read(token, typ string) (Object, error) {
	if !compact.MatchString(token) {
		return nil, errors.New("refused: not a signed JWT")
	}
	parts := strings.Split(token, ".")
	var header, claims Object
	err := json.Unmarshal(octets(parts[0]), &header)
	if _, critical := header["crit"]; err != nil || critical || header["typ"] != typ {
		return nil, errors.New("refused: not the type of token that is taken here")
	}
	key, err := v.key(header["kid"])
	if err != nil {
		return nil, err
	}
	// The algorithm is the key's; what the header says must be the same.
	if header["alg"] != key.alg || !key.signed(parts[0]+"."+parts[1], octets(parts[2])) {
		return nil, errors.New("refused: wrong algorithm or signature")
	}
	if json.Unmarshal(octets(parts[1]), &claims) != nil || claims["iss"] != v.Issuer {
		return nil, errors.New("refused: wrong iss")
	}
	now, leeway := float64(time.Now().UnixMilli())/1000, v.Leeway.Seconds()
	if exp, isTime := claims["exp"].(float64); !isTime || now >= exp+leeway {
		return nil, errors.New("refused: expired, or no exp")
	}
	if nbf, given := claims["nbf"]; given {
		if from, isTime := nbf.(float64); !isTime || now < from-leeway {
			return nil, errors.New("refused: not valid yet")
		}
	}
	return claims, nil
}

func octets(base64url any) []byte {
	text, _ := base64url.(string)
	result, _ := base64.RawURLEncoding.DecodeString(text)
	return result
}

func (k key) signed(message string, signature []byte) bool {
	hash := sha256.Sum256([]byte(message))
	switch public := k.public.(type) {
	case *ecdsa.PublicKey:
		if len(signature) != 64 {
			return false
		}
		r, s := new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:])
		return ecdsa.Verify(public, hash[:], r, s)
	case *rsa.PublicKey:
		return rsa.VerifyPKCS1v15(public, crypto.SHA256, hash[:], signature) == nil
	case ed25519.PublicKey:
		return ed25519.Verify(public, []byte(message), signature)
	}
	return false
}
