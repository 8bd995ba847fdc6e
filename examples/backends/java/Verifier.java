// Copy this file and Fetched.java. They need Java 17 and Jackson (`com.fasterxml.jackson.core:jackson-databind`).
//
//   var verifier = new Verifier("https://sso.example.com", "https://api.example.com");
//   JsonNode claims = verifier.verify(bearer);  // Refused: answer 401. Unavailable: answer 503.

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;

/** Verifies Assay's access tokens; make one and keep it, any thread may use it. */
public final class Verifier {
  /** The token is not believed. */
  public static final class Refused extends Exception {
    Refused(String why) {
      super(why);
    }
  }

  /** Keys, or the list of ended sessions, cannot be had now. */
  public static final class Unavailable extends Exception {
    Unavailable(String why) {
      super(why);
    }
  }

  /** A public key and the one algorithm that it is for. */
  record Key(String alg, PublicKey key) {}

  private static final ObjectMapper json = new ObjectMapper();

  private final String issuer;
  private final String audience;
  private final Duration leeway = Duration.ofSeconds(10);
  private final Fetched fetched;

  /** `issuer` is Assay's PUBLIC_URL, `audience` the audience of your client there. */
  public Verifier(String issuer, String audience) {
    this(issuer, audience, Duration.ofSeconds(30), Duration.ofSeconds(5));
  }

  /** The least times between two fetches of the key set, and two polls of the ended sessions. */
  public Verifier(String issuer, String audience, Duration cooldown, Duration feedEvery) {
    this.issuer = issuer;
    this.audience = audience;
    this.fetched = new Fetched(issuer, cooldown, feedEvery, this);
  }

  /** The claims of a good token. */
  public JsonNode verify(String token) throws Refused, Unavailable {
    JsonNode claims = read(token, "at+jwt");
    String sid = text(claims, "sid");
    if (!text(claims, "aud").equals(audience) || text(claims, "sub").isEmpty() || sid.isEmpty())
      throw new Refused("wrong aud, or no sub or sid");
    if (fetched.hasEnded(sid)) throw new Refused("the session has ended");
    return claims;
  }

  /** Type, signature, issuer and times of a token. */
  JsonNode read(String token, String typ) throws Refused, Unavailable {
    if (!token.matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+")) throw new Refused("not a signed JWT");
    String[] parts = token.split("\\.");
    JsonNode header = object(parts[0]);
    if (!text(header, "typ").equals(typ) || header.has("crit"))
      throw new Refused("not the type of token that is taken here");
    Key key = fetched.key(text(header, "kid"));
    // The algorithm is the key's; what the header says must be the same.
    if (!text(header, "alg").equals(key.alg()) || !signed(key, parts[0] + "." + parts[1], parts[2]))
      throw new Refused("wrong algorithm or signature");
    JsonNode claims = object(parts[1]);
    double now = System.currentTimeMillis() / 1000.0;
    if (!text(claims, "iss").equals(issuer)) throw new Refused("wrong iss");
    if (!claims.path("exp").isNumber() || now >= claims.path("exp").asDouble() + leeway.toSeconds())
      throw new Refused("expired, or no exp");
    if (claims.has("nbf") && (!claims.path("nbf").isNumber() || now < claims.path("nbf").asDouble() - leeway.toSeconds()))
      throw new Refused("not valid yet");
    return claims;
  }

  private static boolean signed(Key key, String message, String signature) {
    try {
      byte[] octets = Base64.getUrlDecoder().decode(signature);
      // Zeros: Java before 17.0.3 took them for anybody's signature.
      if (key.alg().equals("ES256") && (octets.length != 64 || zero(octets, 0) || zero(octets, 32))) return false;
      Signature verifier = Signature.getInstance(
        switch (key.alg()) {
          case "ES256" -> "SHA256withECDSAinP1363Format";
          case "RS256" -> "SHA256withRSA";
          default -> "Ed25519";
        });
      verifier.initVerify(key.key());
      verifier.update(message.getBytes(StandardCharsets.US_ASCII));
      return verifier.verify(octets);
    } catch (GeneralSecurityException | IllegalArgumentException error) {
      return false;
    }
  }

  private static boolean zero(byte[] octets, int from) {
    return new BigInteger(1, Arrays.copyOfRange(octets, from, from + 32)).signum() == 0;
  }

  private static JsonNode object(String part) {
    try {
      JsonNode node = json.readTree(Base64.getUrlDecoder().decode(part));
      return node.isObject() ? node : MissingNode.getInstance();
    } catch (IOException | IllegalArgumentException error) {
      return MissingNode.getInstance();
    }
  }

  /** A member that is a string; empty where there is none. */
  static String text(JsonNode object, String name) {
    return object.path(name).isTextual() ? object.path(name).textValue() : "";
  }
}
