import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jobfold.Jobfold;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.process.Fail;
import org.jobfold.process.JobFolderProcess;
import org.jobfold.process.PoolOptions;
import org.jobfold.run.Ports;
import org.jobfold.spi.Backend;
import org.jobfold.spi.FolderSource;

/** Runs three folders that exist in this program only, then reads what they printed. */
class Embed {
  public static void main(String[] args) throws Exception {
    Path root = Files.createTempDirectory("embed");
    try {
      run(root);
    } finally {
      delete(root);
    }
  }

  private static void run(Path root) throws Exception {
    List<JobFolder> folders = new ArrayList<>();
    for (int x : new int[] {4, 9, -1}) {
      Files.createDirectory(root.resolve("x" + x));
      folders.add(
          JobFolder.shell("/x" + x, "awk 'BEGIN { x = %d; if (x < 0) exit 3; print sqrt(x) }'".formatted(x)));
    }

    Backend cores = Jobfold.local(root);
    JobFolderProcess process =
        new JobFolderProcess(
            FolderSource.of(JobTree.of(folders)),
            Ports.of(cores),
            PoolOptions.DEFAULT.withNbpools(2).withMaxtrials(2));
    process.start(Jobfold.world(cores));
    try {
      process.waitFor();
    } catch (Fail fail) {
      fail.errors()
          .forEach((name, failure) -> System.out.println(name + " failed: " + failure.cause().text()));
    }

    for (String name : List.of("x4", "x9")) {
      System.out.println(name + ": " + Files.readString(root.resolve(name).resolve("stdout")).strip());
    }
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
