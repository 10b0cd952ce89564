package org.jobfold.cli;

import static org.jobfold.cli.TreeArguments.refused;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jobfold.disk.Cleaning;
import org.jobfold.disk.LockHolder;
import org.jobfold.disk.RunLock;
import org.jobfold.disk.StateDirectory;
import org.jobfold.folder.FolderName;
import org.jobfold.run.SystemClock;
import org.jobfold.submit.Slurm;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code jobfold clean}: removes what jobfold wrote in a tree. */
@Command(
    name = "clean",
    description = {
      "Removes what jobfold keeps in the directory .jobfold of a tree. After that, the tree has not been run.",
      "Only files that are known to be jobfold's are removed. Marks of 'jobfold tag' and all results stay."
    },
    footer = {
      "",
      "Examples:",
      "  jobfold clean sweep --dry-run",
      "  jobfold clean sweep",
      "  jobfold clean sweep --outputs",
      "",
      "Exit codes: 0 nothing of it is left; 2 wrong usage, or refused, as while the tree is being",
      "run: nothing was removed; 3 something could not be removed."
    })
final class CleanCommand implements Callable<Integer> {
  private static final int SHOWN = 20;

  private final Outside outside;

  @Mixin private final RootArgument tree = new RootArgument();

  @Option(
      names = "--outputs",
      description =
          "Removes also what the last trials printed, as far as the journal proves which files that are. Earlier output, such as stdout.1, stays.")
  private boolean outputs;

  @Option(names = "--dry-run", description = "Removes nothing: lists what would be removed.")
  private boolean dryRun;

  @Option(
      names = "--break-lock",
      description =
          "Takes the tree also from a run on another host that may still live. Give it only if that run is gone.")
  private boolean breakLock;

  @Option(names = "--json", description = "Writes what was removed to standard output as JSON.")
  private boolean json;

  CleanCommand(Outside outside) {
    this.outside = outside;
  }

  /** What came of it. */
  private record Cleaned(
      List<Cleaning.Item> removed,
      List<Cleaning.Kept> kept,
      List<Cleaning.Kept> failed,
      int unnamed) {
    long bytes() {
      return removed.stream().mapToLong(Cleaning.Item::bytes).sum();
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    Path root = tree.root();
    Optional<StateDirectory> state = StateDirectory.existing(root);
    Cleaned cleaned =
        state.isEmpty()
            ? new Cleaned(List.of(), List.of(), List.of(), 0)
            : dryRun ? look(state.get()) : clean(state.get());
    if (json) {
      Json.document(outside.out(), out -> write(root, cleaned, out));
    } else if (dryRun) {
      cleaned.removed().forEach(i -> outside.out().println(Words.line(i.file().toString())));
      outside.out().flush();
    }
    tell(cleaned);
    return cleaned.failed().isEmpty() ? ExitCodes.SUCCEEDED : ExitCodes.INCOMPLETE;
  }

  private Cleaned look(StateDirectory state) {
    Optional<LockHolder> live = state.holder().filter(by -> by.lives() && !breakLock);
    if (live.isPresent()) {
      throw refused(
          state.path().toString(),
          "the tree is being run by process "
              + live.get().pid()
              + " on host '"
              + live.get().host()
              + "': wait for it, or stop it");
    }
    Cleaning cleaning = Cleaning.of(state, which());
    return new Cleaned(cleaning.items(), cleaning.kept(), List.of(), cleaning.unnamed());
  }

  private Cleaned clean(StateDirectory state) throws InterruptedException {
    RunLock.BreakLock how = breakLock ? RunLock.BreakLock.YES : RunLock.BreakLock.NO;
    new Entitlement(tree.root(), Optional.empty(), outside.environment())
        .refuseForgetting(new Slurm(outside.commands()), this::say);
    Collection<FolderName> folders = outputs ? folders(state) : List.of();
    Cleaning cleaning;
    List<Cleaning.Kept> failed;
    try (RunLock lock = state.lock(folders, how, new SystemClock(), this::say)) {
      lock.onLost(this::say);
      cleaning = Cleaning.of(state, which());
      failed = cleaning.perform();
    }
    cleaning.removeDirectory();
    Set<Path> left = new HashSet<>();
    failed.forEach(kept -> left.add(kept.file()));
    List<Cleaning.Item> removed = new ArrayList<>(cleaning.items());
    removed.removeIf(item -> left.contains(item.file()));
    return new Cleaned(removed, cleaning.kept(), failed, cleaning.unnamed());
  }

  /** A run of a part of the tree writes to some of these. */
  private static Collection<FolderName> folders(StateDirectory state) {
    return state.load().state().folders().keySet();
  }

  private Cleaning.Outputs which() {
    return outputs ? Cleaning.Outputs.GO : Cleaning.Outputs.STAY;
  }

  private void tell(Cleaned cleaned) {
    int files = cleaned.removed().size();
    line(
        files == 0
            ? "nothing to remove"
            : Words.count(files, "file")
                + ", "
                + size(cleaned.bytes())
                + (dryRun ? ", would be removed" : " removed"));
    some(cleaned.kept(), "stays: ");
    some(cleaned.failed(), "can not be removed: ");
    if (cleaned.unnamed() > 0) {
      line(
          "the output of "
              + Words.count(cleaned.unnamed(), "folder")
              + " stays: the journal does not name its files any more");
    }
    outside.err().flush();
  }

  private void some(List<Cleaning.Kept> files, String what) {
    files.stream()
        .limit(SHOWN)
        .forEach(kept -> line(Words.line(kept.file().toString()) + " " + what + kept.why()));
    if (files.size() > SHOWN) {
      line(
          "and "
              + (files.size() - SHOWN)
              + " more that "
              + (what.startsWith("s") ? "stay" : "can not be removed"));
    }
  }

  private static String size(long bytes) {
    String[] units = {"bytes", "KiB", "MiB", "GiB", "TiB"};
    double size = bytes;
    int unit = 0;
    while (size >= 1024 && unit < units.length - 1) {
      size /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", size, units[unit]);
  }

  private void say(String line) {
    line("jobfold: " + Words.line(line));
    outside.err().flush();
  }

  private void line(String text) {
    outside.err().println(text);
  }

  private void write(Path root, Cleaned cleaned, JsonGenerator out) throws IOException {
    out.writeStringField("tree", root.toString());
    out.writeBooleanField("dry", dryRun);
    out.writeNumberField("files", cleaned.removed().size());
    out.writeNumberField("bytes", cleaned.bytes());
    out.writeArrayFieldStart("removed");
    for (Cleaning.Item item : cleaned.removed()) {
      out.writeStartObject();
      out.writeStringField("file", item.file().toString());
      out.writeNumberField("bytes", item.bytes());
      out.writeEndObject();
    }
    out.writeEndArray();
    write("kept", cleaned.kept(), out);
    write("failed", cleaned.failed(), out);
    out.writeNumberField("unnamed", cleaned.unnamed());
  }

  private static void write(String field, List<Cleaning.Kept> files, JsonGenerator out)
      throws IOException {
    out.writeArrayFieldStart(field);
    for (Cleaning.Kept kept : files) {
      out.writeStartObject();
      out.writeStringField("file", kept.file().toString());
      out.writeStringField("why", kept.why());
      out.writeEndObject();
    }
    out.writeEndArray();
  }
}
