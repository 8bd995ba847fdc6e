// Tries the verifier: a token a line on stdin, an answer a line on stdout. Not to copy.

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;

public final class Main {
  public static void main(String[] args) throws IOException {
    var env = System.getenv();
    var verifier = new Verifier(
      env.get("ASSAY_ISSUER"),
      env.get("ASSAY_AUDIENCE"),
      seconds(env.getOrDefault("ASSAY_COOLDOWN", "30")),
      seconds(env.getOrDefault("ASSAY_FEED_EVERY", "5")));
    var input = new BufferedReader(new InputStreamReader(System.in));
    for (String token; (token = input.readLine()) != null; ) {
      try {
        System.out.println("ok " + verifier.verify(token).get("sub").textValue());
      } catch (Verifier.Refused refused) {
        System.out.println("refused " + refused.getMessage());
      } catch (Verifier.Unavailable unavailable) {
        System.out.println("unavailable " + unavailable.getMessage());
      }
    }
  }

  private static Duration seconds(String number) {
    return Duration.ofMillis((long) (Double.parseDouble(number) * 1000));
  }
}
