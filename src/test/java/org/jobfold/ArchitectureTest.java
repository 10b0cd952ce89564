package org.jobfold;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** The directions in which packages may know each other. */
@AnalyzeClasses(packages = "org.jobfold", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] CORE = {
    "org.jobfold.folder..",
    "org.jobfold.trial..",
    "org.jobfold.comm..",
    "org.jobfold.graph..",
    "org.jobfold.retry..",
    "org.jobfold.journal..",
    "org.jobfold.print..",
    "org.jobfold.walk..",
    "org.jobfold.spi..",
    "org.jobfold.allocation.."
  };

  @ArchTest
  static final ArchRule layers =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("values")
          .definedBy("org.jobfold.folder..", "org.jobfold.trial..", "org.jobfold.comm..")
          .layer("rules")
          .definedBy(
              "org.jobfold.graph..",
              "org.jobfold.retry..",
              "org.jobfold.journal..",
              "org.jobfold.print..")
          .layer("walk")
          .definedBy("org.jobfold.walk..")
          .layer("spi")
          .definedBy("org.jobfold.spi..")
          .layer("run")
          .definedBy("org.jobfold.run..")
          .layer("allocation")
          .definedBy("org.jobfold.allocation..")
          .layer("disk")
          .definedBy("org.jobfold.disk..")
          .layer("output")
          .definedBy("org.jobfold.output..")
          .layer("control")
          .definedBy("org.jobfold.control..")
          .layer("launch")
          .definedBy("org.jobfold.launch..")
          .layer("backends")
          .definedBy("org.jobfold.backend..")
          .layer("submit")
          .definedBy("org.jobfold.submit..")
          .layer("call")
          .definedBy("org.jobfold.call..")
          .layer("process")
          .definedBy("org.jobfold.process..")
          .layer("schedule")
          .definedBy("org.jobfold.schedule..")
          .layer("cli")
          .definedBy("org.jobfold.cli..")
          .layer("main")
          .definedBy("org.jobfold")
          .whereLayer("values")
          .mayNotAccessAnyLayer()
          .whereLayer("rules")
          .mayOnlyAccessLayers("values")
          .whereLayer("spi")
          .mayOnlyAccessLayers("values", "rules")
          .whereLayer("walk")
          .mayOnlyAccessLayers("values", "rules", "spi")
          .whereLayer("run")
          .mayOnlyAccessLayers("values", "rules", "walk", "spi")
          .whereLayer("disk")
          .mayOnlyAccessLayers("values", "rules", "spi")
          .whereLayer("output")
          .mayOnlyAccessLayers("values")
          .whereLayer("submit")
          .mayOnlyAccessLayers("values", "rules", "disk")
          .whereLayer("allocation")
          .mayOnlyAccessLayers("values")
          .whereLayer("control")
          .mayNotAccessAnyLayer()
          .whereLayer("control")
          .mayOnlyBeAccessedByLayers("backends")
          .whereLayer("launch")
          .mayOnlyAccessLayers("values", "spi")
          .whereLayer("call")
          .mayNotAccessAnyLayer()
          .whereLayer("backends")
          .mayOnlyAccessLayers("values", "spi", "launch", "call", "output", "allocation", "control")
          .whereLayer("process")
          .mayOnlyAccessLayers("values", "rules", "walk", "spi", "run")
          .whereLayer("schedule")
          .mayOnlyAccessLayers("values", "rules", "walk", "spi", "run")
          .whereLayer("cli")
          .mayOnlyAccessLayers(
              "values",
              "rules",
              "walk",
              "spi",
              "run",
              "process",
              "disk",
              "output",
              "allocation",
              "submit");

  @ArchTest
  static final ArchRule theCoreDoesNoInputOrOutput =
      noClasses()
          .that(resideInAnyPackage(CORE))
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.io\\.(?!IOException|UncheckedIOException|Serial).*"
                  + "|java\\.nio\\.(channels|file\\.Files|file\\.FileSystems).*"
                  + "|java\\.net\\..*|java\\.lang\\.(Process|ProcessBuilder|ProcessHandle|Thread)"
                  + "|picocli\\..*|mpi\\..*|org\\.jobfold\\.thread\\..*")
          .because("the walk must run a million folders in a test, with no disk and no clock");

  @ArchTest
  static final ArchRule theCoreAsksItsClock =
      noClasses()
          .that(resideInAnyPackage(CORE))
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(java.time.Instant.class, "now")
          .because("time comes from the clock that the caller hands in");

  @ArchTest
  static final ArchRule backendsAreStrangers =
      slices()
          .matching("org.jobfold.backend.(*)..")
          .should()
          .notDependOnEachOther()
          // an agent, and the lead for its own host, does what the back end of one host does
          .ignoreDependency(
              resideInAPackage("org.jobfold.backend.cluster"),
              resideInAPackage("org.jobfold.backend.local"))
          // srun is one way in which agents come to hosts, and programs are started there
          .ignoreDependency(
              resideInAPackage("org.jobfold.backend.slurm"),
              resideInAnyPackage("org.jobfold.backend.cluster", "org.jobfold.backend.local"))
          // what is no call in the ranks is started as elsewhere
          .ignoreDependency(
              resideInAPackage("org.jobfold.backend.mpj"),
              resideInAnyPackage("org.jobfold.backend.cluster", "org.jobfold.backend.local"));

  @ArchTest
  static final ArchRule noCycles = slices().matching("org.jobfold.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule classesAreFinal =
      classes()
          .that()
          .areNotInterfaces()
          .and()
          .areTopLevelClasses()
          .and()
          .doNotHaveSimpleName("package-info")
          .should()
          .haveModifier(JavaModifier.FINAL)
          .orShould(beSealed())
          .because(
              "behaviour is added by composition, and a class that is not final knows its subclasses");

  @ArchTest
  static final ArchRule callsNeedTheJdkAlone =
      classes()
          .that()
          .resideInAPackage("org.jobfold.call")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "mpi..", "org.jobfold.call", "org.jspecify..")
          .because("the JVM of a call is to start fast, beside whatever libraries the call brings");

  @ArchTest
  static final ArchRule threadsKnowNothing =
      classes()
          .that()
          .resideInAPackage("org.jobfold.thread")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "org.jobfold.thread", "org.jspecify..")
          .because("any layer but the core may use them");

  @ArchTest
  static final ArchRule noStreams =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.jobfold.call")
          .should(ACCESS_STANDARD_STREAMS)
          .because("what is said to people goes through the printer; a call prints for itself");

  @ArchTest static final ArchRule noGeneric = NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;

  private static ArchCondition<JavaClass> beSealed() {
    return new ArchCondition<>("be sealed") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        events.add(
            new SimpleConditionEvent(
                type, type.reflect().isSealed(), type.getName() + " may be extended by anybody"));
      }
    };
  }
}
