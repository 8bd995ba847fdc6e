// Copy this file with Verifier.java. What a verifier fetches: keys, and the sessions that have ended.

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

final class Fetched {
  private static final ObjectMapper json = new ObjectMapper();
  private static final Pattern maxAge = Pattern.compile("max-age=(\\d{1,9})");
  private static final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  private final String issuer;
  private final Duration cooldown;
  private final Duration feedEvery;
  private final Verifier verifier;
  private final Object keysLock = new Object();
  private final Object endedLock = new Object();

  private Map<String, Verifier.Key> keys = Map.of();
  private Instant keysUntil = Instant.EPOCH;
  private Instant keysAsked = Instant.EPOCH;
  private Set<String> ended = Set.of();
  private Instant endedUntil = Instant.EPOCH;
  private Instant endedAsked = Instant.EPOCH;
  private String etag = "";

  Fetched(String issuer, Duration cooldown, Duration feedEvery, Verifier verifier) {
    this.issuer = issuer;
    this.cooldown = cooldown;
    this.feedEvery = feedEvery;
    this.verifier = verifier;
  }

  /**
   * The key of that id. The set is fetched again after its max-age, and for an unknown kid; never more often than every
   * `cooldown`. Where that fails, what is known goes on: the end of the list of ended sessions ends that too.
   */
  Verifier.Key key(String kid) throws Verifier.Refused, Verifier.Unavailable {
    synchronized (keysLock) {
      Instant now = Instant.now();
      Instant next = keysAsked.plus(keys.isEmpty() ? Duration.ofSeconds(1) : cooldown);
      if ((!keys.containsKey(kid) || !now.isBefore(keysUntil)) && !now.isBefore(next)) {
        keysAsked = now;
        try {
          fetchKeys();
        } catch (IOException | RuntimeException | GeneralSecurityException error) {
          // What is known goes on.
        }
      }
      if (keys.isEmpty()) throw new Verifier.Unavailable("no key set");
      if (!keys.containsKey(kid)) throw new Verifier.Refused("no such key");
      return keys.get(kid);
    }
  }

  private void fetchKeys() throws IOException, GeneralSecurityException {
    HttpResponse<String> answer = get("/.well-known/jwks.json", "");
    Map<String, Verifier.Key> known = new HashMap<>();
    for (JsonNode jwk : json.readTree(answer.body()).path("keys")) {
      String alg = Verifier.text(jwk, "alg");
      if (Set.of("ES256", "RS256", "EdDSA").contains(alg) && Verifier.text(jwk, "use").equals("sig"))
        known.put(Verifier.text(jwk, "kid"), readKey(alg, jwk));
    }
    Matcher age = maxAge.matcher(answer.headers().firstValue("cache-control").orElse(""));
    keys = known;
    keysUntil = Instant.now().plusSeconds(age.find() ? Long.parseLong(age.group(1)) : 300);
  }

  private static Verifier.Key readKey(String alg, JsonNode jwk) throws GeneralSecurityException {
    if (alg.equals("RS256")) {
      var spec = new RSAPublicKeySpec(new BigInteger(1, octets(jwk, "n")), new BigInteger(1, octets(jwk, "e")));
      return new Verifier.Key(alg, KeyFactory.getInstance("RSA").generatePublic(spec));
    }
    // A SubjectPublicKeyInfo (RFC 5280) of P-256 or Ed25519 is this and then the coordinates.
    HexFormat hex = HexFormat.of();
    String spki = alg.equals("ES256")
      ? "3059301306072a8648ce3d020106082a8648ce3d03010703420004" + hex.formatHex(octets(jwk, "x")) + hex.formatHex(octets(jwk, "y"))
      : "302a300506032b6570032100" + hex.formatHex(octets(jwk, "x"));
    KeyFactory factory = KeyFactory.getInstance(alg.equals("ES256") ? "EC" : "Ed25519");
    return new Verifier.Key(alg, factory.generatePublic(new X509EncodedKeySpec(hex.parseHex(spki))));
  }

  private static byte[] octets(JsonNode jwk, String name) {
    return Base64.getUrlDecoder().decode(Verifier.text(jwk, name));
  }

  /** Whether the session is on the signed list of those that have ended, asked for again once `feedEvery` has passed. */
  boolean hasEnded(String sid) throws Verifier.Unavailable {
    synchronized (endedLock) {
      if (!Instant.now().isBefore(endedAsked.plus(feedEvery))) {
        endedAsked = Instant.now();
        try {
          fetchEnded();
        } catch (Exception error) {
          // What cannot be had or believed changes nothing: the last list counts until its exp.
        }
      }
      // Closed: with no list that is valid now, nobody gets in. To stay open instead, leave this out; a session that was
      // ended then lasts until its token's exp.
      if (!Instant.now().isBefore(endedUntil)) throw new Verifier.Unavailable("no valid list of ended sessions");
      return ended.contains(sid);
    }
  }

  private void fetchEnded() throws IOException, Verifier.Refused, Verifier.Unavailable {
    HttpResponse<String> answer = get("/.well-known/revoked-sessions", etag);
    if (answer.statusCode() == 304) return;
    JsonNode feed = verifier.read(answer.body(), "revoked-sessions+jwt");
    if (!feed.path("sids").isArray()) throw new IOException("the feed has no sids");
    Set<String> sids = new HashSet<>();
    for (JsonNode sid : feed.path("sids")) sids.add(sid.asText());
    ended = sids;
    endedUntil = Instant.ofEpochSecond(feed.path("exp").asLong());
    etag = answer.headers().firstValue("etag").orElse("");
  }

  private HttpResponse<String> get(String path, String etag) throws IOException {
    var request = HttpRequest.newBuilder(URI.create(issuer + path)).timeout(Duration.ofSeconds(2));
    if (!etag.isEmpty()) request.header("If-None-Match", etag);
    try {
      HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() == 200 || answer.statusCode() == 304) return answer;
      throw new IOException(path + " answered " + answer.statusCode());
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
      throw new IOException(error);
    }
  }
}
