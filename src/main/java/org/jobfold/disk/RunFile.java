package org.jobfold.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.Problem;

/**
 * {@code jobfold.yaml} at the root of a tree: the settings of its runs. It is read as a folder file
 * is, with lines and references.
 *
 * <p>It does not know what the settings mean: those who do say which keys there are, and check the
 * values.
 *
 * @param values what it says, in its order
 * @param problems what is wrong with it; what they are about is not among the values
 */
public record RunFile(List<Value> values, List<Problem> problems) {
  /** Its name. */
  public static final String NAME = "jobfold.yaml";

  private static final String YML = "jobfold.yml";

  /** Copies the lists. */
  public RunFile {
    values = List.copyOf(values);
    problems = List.copyOf(problems);
  }

  /** What a key may hold. */
  public enum Shape {
    /** One text. */
    TEXT,
    /** True or false. */
    SWITCH,
    /** One text, or several in a list. */
    LIST,
    /** Texts with names of the user's own. */
    TABLE,
    /** The same; references in the texts are left to those who use them. */
    TEMPLATES;

    /** Whether there is one value and no more. */
    public boolean isOne() {
      return this == TEXT || this == SWITCH;
    }

    private Schema schema() {
      return switch (this) {
        case TEXT -> new Schema.One(TextType.WORDS);
        case SWITCH -> new Schema.One(TextType.SWITCH);
        case LIST -> new Schema.Several(TextType.WORDS);
        case TABLE, TEMPLATES -> new Schema.Table(TextType.ANY, TextType.ANY);
      };
    }

    private TextType<?> type() {
      return switch (this) {
        case TEXT, LIST -> TextType.WORDS;
        case SWITCH -> TextType.SWITCH;
        case TABLE, TEMPLATES -> TextType.ANY;
      };
    }
  }

  /**
   * What is said for a key.
   *
   * @param key one of those that are known
   * @param name the user's own name below the key, in a table; else empty
   * @param text with references resolved; {@code true} or {@code false} for a switch
   * @param place the file, as the user would name it
   * @param line of the file, from 1 on
   */
  public record Value(String key, String name, String text, String place, int line) {}

  /** Whether a tree has such a file, or one that was most likely meant to be it. */
  public static boolean isIn(Path root) {
    return Files.exists(root.resolve(NAME)) || Files.exists(root.resolve(YML));
  }

  /**
   * Reads the file of a tree; one that is not there says nothing.
   *
   * @param root as the user names it
   * @param keys that there are
   * @param environment what {@code ${env:NAME}} stands for
   * @param params of the run that win over those of the file, in references
   */
  public static RunFile read(
      Path root,
      Map<String, Shape> keys,
      Map<String, String> environment,
      Map<String, String> params) {
    Path file = root.resolve(NAME);
    if (!Files.exists(file)) {
      return Files.exists(root.resolve(YML))
          ? refused(source(root, YML).problem(0, "is not read: rename it to '" + NAME + "'"))
          : new RunFile(List.of(), List.of());
    }
    Source source = source(root, NAME);
    Findings findings = new Findings();
    FolderFile read;
    try {
      read =
          FolderFile.of(
              new YamlReader().read(Files.readAllBytes(file)), keys(keys), source, findings);
    } catch (SyntaxException e) {
      return refused(source.problem(e.line(), e.reason()));
    } catch (IOException e) {
      return refused(source.problem(0, Scanning.reason(e) + ": make it readable"));
    }
    RunContext context = RunContext.of(root.toAbsolutePath().normalize(), environment, params);
    Values resolved = new Values(FolderName.ROOT, Scope.empty(), read.entries(), context, findings);
    List<Value> values = new ArrayList<>();
    read.entries().values().forEach(entry -> add(values, entry, keys, resolved));
    return new RunFile(values, findings.scan(source.place(), name -> false).problems());
  }

  private static void add(
      List<Value> values, Entry entry, Map<String, Shape> keys, Values resolved) {
    String[] parts = entry.key().split("[.]", 2);
    Shape shape = keys.getOrDefault(parts[0], Shape.TEXT);
    List<?> texts =
        shape == Shape.TEMPLATES ? entry.texts() : resolved.several(entry.key(), shape.type());
    for (Object text : texts) {
      values.add(
          new Value(
              parts[0],
              parts.length == 1 ? "" : parts[1],
              text.toString(),
              entry.source().place(),
              entry.line()));
    }
  }

  private static Keys keys(Map<String, Shape> keys) {
    Map<String, Schema> schemas = new LinkedHashMap<>();
    keys.forEach((key, shape) -> schemas.put(key, shape.schema()));
    return new Keys(
        new Schema.Group(schemas),
        Schema.ROOT.keys().keySet(),
        "is a setting of folders: write it in 'job.yaml'");
  }

  private static Source source(Path root, String name) {
    return new Source(root.resolve(name).normalize().toString(), FolderName.ROOT);
  }

  private static RunFile refused(Problem problem) {
    return new RunFile(List.of(), List.of(problem));
  }
}
