package org.jobfold.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jobfold.folder.Command;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.Functional;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.ParamVariable;
import org.jobfold.folder.Phase;
import org.jobfold.folder.Problem;
import org.jobfold.folder.RefusedException;
import org.jobfold.folder.Settings;

/** One scan of one tree. */
final class Scanning {
  private static final int MOST_THREADS = 4;
  private static final String PARAM = "--param";
  private static final Functional.Program RUN = script(FolderFiles.RUN);
  private static final Functional.Program RUN_SH = script(FolderFiles.RUN_SH);

  private final Path shownRoot;
  private final RunContext context;
  private final Optional<Matching> matching;

  /** Looked for only where the run has some. */
  private final KnownParams params = new KnownParams();

  private final Set<String> typed;
  private final AtomicBoolean readAll = new AtomicBoolean(true);

  private final Findings findings = new Findings();
  private final FolderFiles files;
  private final Programs programs;
  private final Shared shared = new Shared();
  private final QueueOrigins queueOrigins = new QueueOrigins();
  private final Optional<Set<FolderName>> only;
  private final Set<FolderName> above;

  Scanning(Path shownRoot, Path root, ScanOptions options, Map<String, String> params) {
    this.shownRoot = shownRoot;
    context = RunContext.of(root, options.environment(), params);
    programs = new Programs(options.environment());
    only = options.only();
    typed = options.typed();
    above = only.map(Scanning::above).orElse(Set.of());
    files = new FolderFiles(Keys.ofFolders(options.runKeys()));
    try {
      matching = options.match().map(Matching::new);
      options.match().ifPresent(match -> this.params.addUsesIn(match.command()));
    } catch (IllegalArgumentException e) {
      throw new RefusedException(List.of(Problem.of("--match", String.valueOf(e.getMessage()))));
    }
  }

  Scan scan() {
    int threads = Math.min(MOST_THREADS, Math.max(2, Runtime.getRuntime().availableProcessors()));
    Crew.perform(threads, crew -> visit(context.root(), FolderName.ROOT, Scope.empty(), crew));
    reportStrangeParams();
    return findings.scan(shownRoot.toString(), this::isDirectory);
  }

  private boolean isDirectory(FolderName name) {
    try {
      return Files.isDirectory(context.root().resolve(name.relative()));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /**
   * A param of the run that the tree does not know is most likely a slip: nothing would come of it.
   * Nobody can say so of a tree of which only a part was read, or that knows no params at all.
   */
  private void reportStrangeParams() {
    if (context.overrides().isEmpty() || only.isPresent() || !readAll.get()) {
      return;
    }
    addUsesOfTheRun();
    for (String key : context.overrides().keySet()) {
      String name = key.substring(Values.PARAMS.length());
      if (!params.contains(name)) {
        reportStrange(name);
      }
    }
  }

  private void reportStrange(String name) {
    String start = "no folder file has a param '" + name + "'";
    if (params.isEmpty()) {
      if (typed.contains(name)) {
        String message = start + ": programs alone see it, as " + ParamVariable.of(name);
        findings.add(new Note(Note.Kind.STRANGE_PARAM, PARAM, message));
      }
      return;
    }
    String message = start + params.suggestion(name);
    if (typed.contains(name)) {
      findings.add(
          Problem.of(
              PARAM,
              message
                  + (message.endsWith("?") ? " Else" : ": correct it, or")
                  + " write it under 'params' in a folder file, for programs that ask for it"));
    } else {
      findings.add(new Note(Note.Kind.STRANGE_PARAM, PARAM, message));
    }
  }

  /** Params may be there for one another, and for other settings of the run. */
  private void addUsesOfTheRun() {
    context.overrides().values().forEach(entry -> entry.texts().forEach(params::addUsesIn));
    try {
      params.addUsesIn(Files.readString(context.root().resolve(RunFile.NAME)));
    } catch (IOException e) {
      // there is none, or what is wrong with it was said
    }
  }

  /** Why a file or directory could not be read, as the end of a message. */
  static String reason(IOException e) {
    return e instanceof NoSuchFileException ? "is not there" : "can not be read: " + Reasons.of(e);
  }

  private void visit(Path directory, FolderName name, Scope inherited, Crew crew) {
    Listing listing;
    try {
      listing =
          Listing.of(directory, file -> matching.isPresent() && matching.get().matches(name, file));
    } catch (IOException e) {
      findings.add(
          Problem.of(place(name), reason(e) + ": make it readable, or move it out of the tree"));
      findings.addRefused(name);
      return;
    }
    report(listing, name);
    Optional<FolderFile> file = file(listing, directory, name);
    file.ifPresent(this::noteParams);
    Scope scope = file.map(inherited::with).orElse(inherited);
    if (only.isEmpty() || only.get().contains(name)) {
      take(listing, directory, name, scope, file);
    }
    for (Path below : listing.directories) {
      FolderName child = name.child(below.getFileName().toString());
      if (only.isEmpty() || only.get().contains(child) || above.contains(child)) {
        crew.also(() -> visit(below, child, scope, crew));
      }
    }
  }

  /** What is above some folders, without the root. */
  private static Set<FolderName> above(Set<FolderName> folders) {
    Set<FolderName> above = new HashSet<>();
    for (FolderName folder : folders) {
      Optional<FolderName> name = folder.parent();
      while (name.isPresent() && above.add(name.get())) {
        name = name.get().parent();
      }
    }
    return above;
  }

  private void noteParams(FolderFile file) {
    if (!context.overrides().isEmpty()) {
      params.add(file);
      if (!file.whole()) {
        readAll.set(false);
      }
    }
  }

  /** Makes a job folder of a directory, if it is one. */
  private void take(
      Listing listing, Path directory, FolderName name, Scope scope, Optional<FolderFile> file) {
    boolean said = file.isPresent() && file.get().hasFunctional();
    if (!said && listing.scripts.isEmpty() && listing.wanted.isEmpty()) {
      reportIdle(listing, name, file);
      if (!listing.folderFiles.isEmpty() && !file.map(FolderFile::whole).orElse(false)) {
        findings.addRefused(name);
      }
      return;
    }
    Map<String, Entry> own = file.map(FolderFile::entries).orElse(Map.of());
    Values values = new Values(name, scope, own, context, findings);
    Settings settings = settings(values, scope);
    boolean tagged = isTagged(listing, name, values);
    // What a folder that is switched off would need, it need not have.
    Function<Command, Optional<String>> check =
        tagged
            ? command -> Optional.empty()
            : command -> programs.complaint(command, directory, settings.env());
    Optional<Functional> functional =
        said
            ? new FunctionalReader(values, check).read()
            : Optional.of(unsaid(listing, name, check));
    if (functional.isEmpty()) {
      findings.addRefused(name);
      return;
    }
    if (!tagged) {
      checkStdin(settings, directory, values);
    }
    findings.add(
        new JobFolder(
            name,
            shared.of(functional.get()),
            settings,
            tagged,
            DependsReader.read(values),
            values.one("finally", TextType.SWITCH).orElse(false) ? Phase.FINALLY : Phase.MAIN,
            said || !listing.scripts.isEmpty() ? List.of() : List.copyOf(listing.wanted),
            queueOrigins.read(values, settings.tokens().keySet())));
  }

  private boolean isTagged(Listing listing, FolderName name, Values values) {
    if (listing.tagged) {
      note(Note.Kind.TAGGED, name, "", "tagged: untag it to run it");
      return true;
    }
    if (values.one("tagged", TextType.SWITCH).orElse(false)) {
      note(Note.Kind.TAGGED, name, "", "tagged by its folder file: take out 'tagged' to run it");
      return true;
    }
    return false;
  }

  private Settings settings(Values values, Scope scope) {
    Optional<Settings> known = scope.settings();
    if (known.isPresent()) {
      return known.get();
    }
    Settings settings = shared.of(SettingsReader.read(values));
    if (values.isSameForAll()) {
      scope.remember(settings);
    }
    return settings;
  }

  /** What a folder runs that has no folder file, or one that does not say it. */
  private Functional unsaid(
      Listing listing, FolderName name, Function<Command, Optional<String>> check) {
    if (!listing.scripts.isEmpty()) {
      return listing.scripts.first().equals(FolderFiles.RUN) ? RUN : RUN_SH;
    }
    Functional functional = matching.orElseThrow().functional(listing.wanted);
    functional.asSteps().stream()
        .map(step -> ((Functional.Program) step.functional()).command())
        .flatMap(command -> check.apply(command).stream())
        .distinct()
        .forEach(
            reason -> findings.addShared(reason, name, Problem.of("--command", "it " + reason)));
    return functional;
  }

  private Optional<FolderFile> file(Listing listing, Path directory, FolderName name) {
    if (listing.folderFiles.size() != 1 || listing.folderFiles.contains(FolderFiles.YML)) {
      return Optional.empty();
    }
    String fileName = listing.folderFiles.first();
    Source source = new Source(place(name, fileName), name);
    try {
      return Optional.of(files.read(directory.resolve(fileName), fileName, source, findings));
    } catch (SyntaxException e) {
      findings.add(source.problem(e.line(), e.reason()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      findings.add(source.problem(0, reason(e) + ": make it readable"));
    }
    return Optional.of(FolderFile.unreadable(source));
  }

  private void checkStdin(Settings settings, Path directory, Values values) {
    settings
        .stdin()
        .filter(stdin -> !exists(directory, stdin))
        .ifPresent(
            stdin ->
                values.refuse(
                    "stdin",
                    "is '" + stdin + "', which is not there: correct it, or make the file"));
  }

  private static boolean exists(Path directory, String file) {
    try {
      return Files.exists(directory.resolve(file));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Says what is wrong with a directory, or not entered, whatever it runs. */
  private void report(Listing listing, FolderName name) {
    for (int i = 0; i < listing.hidden; i++) {
      findings.addHidden();
    }
    for (Path link : listing.links) {
      note(
          Note.Kind.LINK,
          name,
          link.getFileName().toString(),
          "symbolic link to a directory, not followed: move the directory here to run it");
    }
    for (Path path : listing.misnamed) {
      problem(name, path.getFileName().toString(), unfaithful());
    }
    for (String file : listing.noFiles) {
      problem(
          name,
          file,
          FolderFiles.isRead(file)
              ? "is a link to nowhere, or not a file: make it a file"
              : unfaithful());
    }
    if (listing.runFile && !name.equals(FolderName.ROOT)) {
      note(
          Note.Kind.RUN_FILE,
          name,
          RunFile.NAME,
          "is not read, only that at the root of the tree is: settings of folders are in 'job.yaml'");
    }
    if (listing.folderFiles.contains(FolderFiles.YML)) {
      problem(name, FolderFiles.YML, "is not read: rename it to 'job.yaml'");
    } else if (listing.folderFiles.size() > 1) {
      String all = String.join("', '", listing.folderFiles);
      problem(name, "", "has '" + all + "': keep one of them");
    }
  }

  /** Says why a directory with something in it that looks like a functional has none. */
  private void reportIdle(Listing listing, FolderName name, Optional<FolderFile> file) {
    for (String script : listing.notExecutable) {
      note(Note.Kind.NOT_EXECUTABLE, name, script, "not executable: chmod +x it to run it");
    }
    if (file.isPresent() && file.get().whole()) {
      Optional<Entry> staying =
          file.get().entries().values().stream()
              .filter(entry -> FolderFile.staying(entry.key()).isPresent())
              .findFirst();
      if (staying.isPresent()) {
        Entry entry = staying.get();
        findings.add(
            entry
                .source()
                .problem(
                    entry.line(),
                    "'"
                        + FolderFile.staying(entry.key()).orElseThrow()
                        + "' is in a folder with nothing to run, and not inherited: write it in"
                        + " the folders that it is meant for"));
      } else if (listing.notExecutable.isEmpty()) {
        note(Note.Kind.SETTINGS_ONLY, name, "", "nothing to run: only settings for folders below");
      }
    }
  }

  private static String unfaithful() {
    return "has a name that is not valid in the encoding "
        + System.getProperty("sun.jnu.encoding")
        + ": rename it, or set LC_ALL to a locale whose encoding it is in";
  }

  private void problem(FolderName name, String file, String message) {
    findings.add(Problem.of(place(name, file), message));
  }

  private void note(Note.Kind kind, FolderName name, String file, String message) {
    findings.add(new Note(kind, place(name, file), message));
  }

  private String place(FolderName name) {
    return place(name, "");
  }

  private String place(FolderName name, String file) {
    Path directory = shownRoot.resolve(name.relative());
    String place = (file.isEmpty() ? directory : directory.resolve(file)).normalize().toString();
    return place.isEmpty() ? "." : place;
  }

  private static Functional.Program script(String name) {
    return new Functional.Program(new Command.Exec(List.of("./" + name)));
  }
}
