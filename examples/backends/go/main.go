// Tries the verifier: a token a line on stdin, an answer a line on stdout. Not to copy.

package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

func seconds(name string, usual time.Duration) time.Duration {
	if value, err := strconv.ParseFloat(os.Getenv(name), 64); err == nil {
		return time.Duration(value * float64(time.Second))
	}
	return usual
}

func main() {
	verifier := NewVerifier(os.Getenv("ASSAY_ISSUER"), os.Getenv("ASSAY_AUDIENCE"))
	verifier.Cooldown = seconds("ASSAY_COOLDOWN", verifier.Cooldown)
	verifier.FeedEvery = seconds("ASSAY_FEED_EVERY", verifier.FeedEvery)
	for input := bufio.NewReader(os.Stdin); ; {
		line, end := input.ReadString('\n')
		if end != nil {
			return
		}
		claims, err := verifier.Verify(strings.TrimSuffix(line, "\n"))
		if err != nil {
			fmt.Println(err)
		} else {
			fmt.Println("ok", claims["sub"])
		}
	}
}
