package peer;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;

/**
 * What the HAPI FHIR instance validator holds against each line of an NDJSON file.
 *
 * <p>Takes that file and the file to write: for each line the names of its kinds of error, with tabs
 * between them. A line at which it stumbles by an exception of its own gets {@code stumbled}.
 */
public final class Errors {
  private Errors() {}

  public static void main(String[] files) throws Exception {
    FhirValidator validator = Peer.validator(FhirContext.forR4());
    try (PrintStream out = new PrintStream(files[1], StandardCharsets.UTF_8)) {
      for (String line : Files.readString(Path.of(files[0])).split("\n")) {
        if (!line.isBlank()) out.println(String.join("\t", kinds(validator, line)));
      }
    }
  }

  private static TreeSet<String> kinds(FhirValidator validator, String line) {
    TreeSet<String> found = new TreeSet<>();
    try {
      for (SingleValidationMessage message : validator.validateWithResult(line).getMessages()) {
        if (message.getSeverity().compareTo(ResultSeverityEnum.ERROR) >= 0) {
          found.add(message.getMessageId() == null ? "unnamed" : message.getMessageId());
        }
      }
    } catch (RuntimeException stumbled) {
      found.add("stumbled");
    }
    return found;
  }
}
