package peer;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;

/**
 * The HAPI FHIR instance validator as a peer, offline.
 *
 * <p>Takes NDJSON files. Of each it judges every other line, untimed, and then the rest; for each it
 * prints {@code file<TAB>processor seconds of the rest<TAB>lines with an error}. The processor time is
 * that of the judging thread, so that the compiler and the collector of the Java machine cost nothing.
 */
public final class Peer {
  private Peer() {}

  public static void main(String[] files) throws Exception {
    FhirValidator validator = validator(FhirContext.forR4());
    for (String file : files) {
      List<String> seen = new ArrayList<>();
      List<String> unseen = new ArrayList<>();
      for (String line : Files.readAllLines(Path.of(file))) {
        if (!line.isBlank()) (seen.size() > unseen.size() ? unseen : seen).add(line);
      }
      faulty(validator, seen);
      long begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      int faulty = faulty(validator, unseen);
      long taken = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun;
      System.out.printf("%s\t%.6f\t%d%n", file, taken / 1e9, faulty);
    }
  }

  static FhirValidator validator(FhirContext context) {
    ValidationSupportChain chain =
        new ValidationSupportChain(
            new DefaultProfileValidationSupport(context),
            new CommonCodeSystemsTerminologyService(context),
            new InMemoryTerminologyServerValidationSupport(context),
            new SnapshotGeneratingValidationSupport(context));
    return context.newValidator().registerValidatorModule(new FhirInstanceValidator(chain));
  }

  private static int faulty(FhirValidator validator, List<String> lines) {
    int found = 0;
    for (String line : lines) {
      if (!validator.validateWithResult(line).isSuccessful()) found++;
    }
    return found;
  }
}
