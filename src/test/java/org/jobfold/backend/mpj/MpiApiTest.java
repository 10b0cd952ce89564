package org.jobfold.backend.mpj;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The signatures that are compiled against are those of MPJ Express, and stay out of the jar. */
class MpiApiTest {
  private static final Path SOURCES = Path.of("src/mpj-api/java");
  private static final Path REAL = Path.of("/usr/share/java/mpj.jar");

  @Test
  void noClassOfMpiIsAmongOurs() throws IOException {
    for (Path classes : List.of(places())) {
      try (Stream<Path> files = Files.walk(classes)) {
        assertThat(files.map(file -> classes.relativize(file).toString()))
            .noneMatch(name -> name.matches("(mpi|mpjdev|xdev)(/.*)?"));
      }
    }
  }

  private static Path[] places() {
    return Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
        .map(Path::of)
        .filter(Files::isDirectory)
        .toArray(Path[]::new);
  }

  @Test
  void eachSignatureIsThere(@TempDir Path classes) throws Exception {
    compile(classes);
    Set<String> ours = new TreeSet<>();
    Set<String> theirs = new TreeSet<>();
    try (URLClassLoader mine = loader(classes);
        URLClassLoader real = loader(REAL)) {
      for (String name : names(classes)) {
        Class<?> type = mine.loadClass(name);
        Class<?> other = real.loadClass(name);
        ours.addAll(signatures(type));
        theirs.addAll(signatures(other));
      }
    }
    assertThat(ours).hasSizeGreaterThan(15);
    assertThat(theirs).containsAll(ours);
  }

  private static void compile(Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, Locale.ROOT, null);
        Stream<Path> sources = Files.walk(SOURCES)) {
      StringWriter said = new StringWriter();
      boolean fine =
          compiler
              .getTask(
                  said,
                  files,
                  null,
                  List.of("-d", classes.toString()),
                  null,
                  files.getJavaFileObjectsFromPaths(
                      sources.filter(file -> file.toString().endsWith(".java")).toList()))
              .call();
      assertThat(fine).as(said.toString()).isTrue();
    }
  }

  private static URLClassLoader loader(Path place) throws IOException {
    return new URLClassLoader(
        new URL[] {place.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
  }

  private static List<String> names(Path classes) throws IOException {
    try (Stream<Path> files = Files.walk(classes)) {
      return files
          .map(file -> classes.relativize(file).toString())
          .filter(name -> name.endsWith(".class"))
          .map(name -> name.replace(".class", "").replace('/', '.'))
          .toList();
    }
  }

  /** What can be called or read, with all types, and whose child it is. */
  private static Set<String> signatures(Class<?> type) {
    Stream<String> methods =
        Stream.of(type.getDeclaredMethods())
            .map(
                m ->
                    type.getName()
                        + " "
                        + (java.lang.reflect.Modifier.isStatic(m.getModifiers()) ? "static " : "")
                        + m.getReturnType().getName()
                        + " "
                        + m.getName()
                        + Stream.of(m.getParameterTypes())
                            .map(Class::getName)
                            .collect(Collectors.joining(", ", "(", ")")));
    Stream<String> fields =
        Stream.of(type.getFields())
            .filter(f -> f.getDeclaringClass() == type)
            .map(f -> type.getName() + " " + f.getType().getName() + " " + f.getName());
    return Stream.concat(methods, fields).collect(Collectors.toCollection(TreeSet::new));
  }
}
