package org.jobfold.disk;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.commons.configuration2.interpol.ConfigurationInterpolator;
import org.apache.commons.text.StringSubstitutor;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.Nearest;
import org.jspecify.annotations.Nullable;

/**
 * Puts in values for <code>${...}</code> in the texts of one folder: keys of its merged folder
 * files, variables of the environment, and what the folder is called and where it is.
 *
 * <p>It never leaves a reference as it is, and looks nothing up in the network or in other files.
 */
final class Interpolation {
  private static final String ENVIRONMENT = "env:";
  private static final String FOLDER = "folder:";

  private final Values values;
  private final RunContext context;
  private final FolderName folder;
  private final StringSubstitutor substitutor;
  private boolean askedForFolder;
  private String missing = "";

  Interpolation(Values values, RunContext context, FolderName folder) {
    this.values = values;
    this.context = context;
    this.folder = folder;
    ConfigurationInterpolator lookups = new ConfigurationInterpolator();
    lookups.registerLookup("env", name -> literal(context.environment().get(name)));
    lookups.registerLookup("folder", name -> literal(ofFolder(name)));
    lookups.addDefaultLookup(name -> values.raw(name).orElse(null));
    substitutor =
        new StringSubstitutor(name -> found(name, lookups))
            .setEnableSubstitutionInVariables(true)
            .setEnableUndefinedVariableException(true);
  }

  /** Whether a text so far came out as it did because of the folder it is in. */
  boolean askedForFolder() {
    return askedForFolder;
  }

  /**
   * The text with all values put in.
   *
   * @throws IllegalArgumentException if one is missing or refers to itself; the message goes on
   *     after the name of the key
   */
  String resolve(String text) {
    try {
      return substitutor.replace(text);
    } catch (UnknownReferenceException e) {
      throw new IllegalArgumentException(complaint(e.name()), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(complaint(missing), e);
    } catch (IllegalStateException e) {
      throw new IllegalArgumentException(
          "goes round in a circle: '" + text + "' leads back to itself", e);
    }
  }

  private @Nullable String found(String name, ConfigurationInterpolator lookups) {
    Object value = lookups.resolve(name);
    if (value != null) {
      return value.toString();
    }
    if (!isPossible(name)) {
      throw new UnknownReferenceException(name);
    }
    missing = name;
    return null;
  }

  /** What {@code :-} may give a default for. A name that can never have a value is a mistake. */
  private static boolean isPossible(String name) {
    return name.startsWith(ENVIRONMENT) || Schema.ROOT.keys().containsKey(name.split("[.(]", 2)[0]);
  }

  /** A text that is not looked into for references. */
  private static @Nullable String literal(@Nullable String text) {
    return text == null ? null : text.replace("${", "$${");
  }

  private @Nullable String ofFolder(String name) {
    askedForFolder = true;
    return switch (name) {
      case "name" -> folder.path();
      case "base" -> folder.base();
      case "path" -> context.directory(folder).toString();
      case "root" -> context.root().toString();
      default -> null;
    };
  }

  private String complaint(String name) {
    String start = "refers to '${" + name + "}', which ";
    String shell = ", or '$${" + name + "}' for the shell's own";
    if (name.startsWith(ENVIRONMENT)) {
      return start + "is not in the environment: set it, write '${" + name + ":-default}'" + shell;
    }
    if (name.startsWith(FOLDER)) {
      return start + "is not known: write name, base, path or root after 'folder:'" + shell;
    }
    TreeSet<String> known = new TreeSet<>(List.of("folder:name", "folder:base", "folder:path"));
    known.addAll(values.keys());
    if (!name.contains(".")) {
      known.add("env:" + name);
    }
    Optional<String> near =
        context.environment().containsKey(name)
            ? Optional.of(ENVIRONMENT + name)
            : Nearest.to(name, known);
    return start
        + near.map(found -> "has no value: did you mean '${" + found + "}'? Else write it")
            .orElse("has no value: write it")
        + shell;
  }

  /** A reference to what can never have a value. */
  private static final class UnknownReferenceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String name;

    UnknownReferenceException(String name) {
      super(name);
      this.name = name;
    }

    String name() {
      return name;
    }
  }
}
