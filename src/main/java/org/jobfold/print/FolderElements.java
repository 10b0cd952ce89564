package org.jobfold.print;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jobfold.folder.Command;
import org.jobfold.folder.Functional;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.Settings;
import org.jobfold.folder.Step;
import org.jobfold.folder.SuccessCheck;

/**
 * What a folder depends on, as the elements of a fingerprint. Their names are words for people:
 * {@code command}, {@code step relax}, {@code params temperature}, {@code env OMP_NUM_THREADS},
 * {@code ranks}, {@code threads}, {@code gpus}, {@code input in.melt}, {@code predecessor /relax}.
 *
 * <p>What makes no difference to the results is left out: timeout, maxtrials, retry, tags. What is
 * not said, or is what holds anyway, has no element. The directory of the tree never enters, so
 * that the tree can be moved: where it stands in a text, the text is taken without it.
 */
public final class FolderElements {
  /** What the name of an input begins with. */
  public static final String INPUT = "input ";

  /** What the name of an output begins with. */
  public static final String OUTPUT = "output ";

  /** What the name of a predecessor begins with. */
  public static final String PREDECESSOR = "predecessor ";

  private static final String ABSENT = "absent";

  private final String root;
  private final Fingerprint.Builder elements = Fingerprint.builder();

  private FolderElements(String root) {
    this.root = root;
  }

  /**
   * What a folder depends on.
   *
   * @param folder with the params that the run overrides
   * @param root the directory of the tree, absolute
   * @param inputs their content by name; empty for one that is not there
   * @param predecessors all that made something
   */
  public static Fingerprint asked(
      JobFolder folder,
      String root,
      Map<String, Optional<Digest>> inputs,
      Collection<Predecessor> predecessors) {
    FolderElements of = new FolderElements(root);
    of.functional(folder.functional());
    of.settings(folder.settings());
    of.files(INPUT, inputs);
    for (Predecessor predecessor : predecessors) {
      predecessor
          .made()
          .ifPresent(made -> of.elements.add(PREDECESSOR + predecessor.name().path(), made));
    }
    return of.elements.build();
  }

  /** What a folder made, seen by its outputs. */
  public static Fingerprint made(Map<String, Optional<Digest>> outputs) {
    FolderElements of = new FolderElements("");
    of.files(OUTPUT, outputs);
    return of.elements.build();
  }

  private void functional(Functional functional) {
    if (functional instanceof Functional.Steps steps) {
      add("steps", steps.steps().stream().map(Step::name).toList());
      for (Step step : steps.steps()) {
        List<String> parts = parts(step.functional());
        step.success().ifPresent(success -> parts.addAll(parts(success)));
        add("step " + step.name(), parts);
      }
    } else {
      add(
          functional instanceof Functional.Call ? "call" : "command",
          parts((Functional.Single) functional));
    }
  }

  /** Each list is preceded by its length, so that no two functionals have the same parts. */
  private static List<String> parts(Functional.Single functional) {
    List<String> parts = new ArrayList<>();
    if (functional instanceof Functional.Call call) {
      parts.add("call");
      parts.add(call.className());
      addList(parts, call.classpath());
      addList(parts, call.jvmOptions());
    } else if (functional instanceof Functional.Program program) {
      if (program.command() instanceof Command.Exec exec) {
        parts.add("exec");
        addList(parts, exec.argv());
      } else {
        parts.add("shell");
        parts.add(program.command().text());
      }
    }
    return parts;
  }

  private static List<String> parts(SuccessCheck success) {
    List<String> parts = new ArrayList<>();
    addList(parts, new TreeSet<>(success.exitCodes()).stream().map(String::valueOf).toList());
    success
        .file()
        .ifPresent(
            file -> {
              parts.add(file.file());
              file.pattern().ifPresent(parts::add);
            });
    return parts;
  }

  private static void addList(List<String> parts, List<String> list) {
    parts.add(Integer.toString(list.size()));
    parts.addAll(list);
  }

  private void settings(Settings settings) {
    settings.params().forEach((name, value) -> add("params " + name, List.of(value)));
    settings.env().forEach((name, value) -> add("env " + name, List.of(value)));
    settings.ranks().ifPresent(ranks -> elements.add("ranks", Integer.toString(ranks)));
    settings.threads().ifPresent(count -> elements.add("threads", Integer.toString(count)));
    if (settings.gpus() > 0) {
      elements.add("gpus", Integer.toString(settings.gpus()));
    }
    if (settings.mpi()) {
      elements.add("mpi", "true");
    }
    settings.stdin().ifPresent(stdin -> add("stdin", List.of(stdin)));
    if (!settings.stdout().equals(Settings.DEFAULT.stdout())) {
      add("stdout", List.of(settings.stdout()));
    }
    if (!settings.stderr().equals(Settings.DEFAULT.stderr())) {
      add("stderr", List.of(settings.stderr()));
    }
    if (!settings.success().equals(SuccessCheck.EXIT_ZERO)) {
      add("success", parts(settings.success()));
    }
  }

  private void files(String kind, Map<String, Optional<Digest>> files) {
    files.forEach(
        (name, content) ->
            content.ifPresentOrElse(
                digest -> elements.add(kind + name, digest),
                () -> elements.add(kind + name, ABSENT)));
  }

  private void add(String name, List<String> texts) {
    elements.add(name, texts.stream().map(this::withoutRoot).toList());
  }

  /** No text of a command or a setting has a character 0 in it, which then stands for the root. */
  private String withoutRoot(String text) {
    if (root.isEmpty() || !text.contains(root)) {
      return text;
    }
    StringBuilder without = new StringBuilder();
    int from = 0;
    for (int at = text.indexOf(root); at >= 0; at = text.indexOf(root, from)) {
      int end = at + root.length();
      boolean whole = end == text.length() || !isPartOfName(text.charAt(end));
      without.append(text, from, at).append(whole ? "\0" : root);
      from = end;
    }
    return without.append(text, from, text.length()).toString();
  }

  private static boolean isPartOfName(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
  }
}
