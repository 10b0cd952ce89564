package org.jobfold.submit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A batch script of {@code slurm/} that is filled in: the same that people edit. */
public enum Template {
  /** A tree on one node. */
  ONE_NODE("one-node.sbatch"),
  /** A tree on several nodes. */
  SEVERAL_NODES("several-nodes.sbatch"),
  /** A tree that is held for more folders. */
  KEEPALIVE("keepalive.sbatch"),
  /** A part of a tree. */
  PARTS("parts.sbatch");

  private static final String OPTION = "#SBATCH ";
  private static final String ADVICE = "# On its own:";

  private final String file;

  Template(String file) {
    this.file = file;
  }

  /**
   * The script with other values: its own {@code #SBATCH} lines give way to those of the resources,
   * and the lines {@code NAME=...} to the values of these names.
   *
   * @param values by name, as the shell reads them; each name must be in the script
   */
  public String filled(Resources resources, Map<String, String> values) {
    List<String> lines = new ArrayList<>();
    boolean asked = false;
    int filled = 0;
    for (String line : text().lines().toList()) {
      String name = line.contains("=") ? line.substring(0, line.indexOf('=')) : "";
      if (line.startsWith(OPTION)) {
        if (!asked) {
          resources.words().forEach(word -> lines.add(OPTION + quoted(word)));
        }
        asked = true;
      } else if (values.containsKey(name)) {
        lines.add(name + "=" + values.get(name));
        filled++;
      } else if (!line.startsWith(ADVICE)) {
        lines.add(line);
      }
    }
    if (!asked || filled != values.size()) {
      throw new IllegalStateException("'" + file + "' has no place for " + values.keySet());
    }
    return String.join("\n", lines) + "\n";
  }

  /** sbatch knows double quotes in its lines, and nothing else of a shell. */
  private static String quoted(String word) {
    return word.matches("[^\\s\"'#]*") ? word : "\"" + word.replace("\"", "\\\"") + "\"";
  }

  /** As it is in {@code slurm/}. */
  String text() {
    try (InputStream in = Template.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("'" + file + "' is not in the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
