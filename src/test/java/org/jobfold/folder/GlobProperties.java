package org.jobfold.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Globs mean what they mean to the file system. */
class GlobProperties {
  @Property(tries = 20_000)
  void matchesWhatTheFileSystemMatches(@ForAll("globs") String glob, @ForAll("paths") String path) {
    PathMatcher theirs;
    try {
      theirs = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    } catch (PatternSyntaxException e) {
      return; // there are ranges that it does not take
    }
    assertThat(Glob.of(glob).matches(path))
        .as("'%s' matches '%s'", glob, path)
        .isEqualTo(theirs.matches(Path.of(path)));
  }

  @Example
  void refusesWhatIsNotAGlob() {
    for (String bad :
        List.of("[", "a[b", "[]", "[!]", "[a/b]", "[b-a]", "{", "{a,b", "{{a}}", "\\")) {
      assertThatThrownBy(() -> Glob.of(bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("'" + bad + "' is not a glob: ");
    }
  }

  @Property
  void whatMatchesHasItsNumberOfParts(@ForAll("globs") String text, @ForAll("paths") String path) {
    Glob glob;
    try {
      glob = Glob.of(text);
    } catch (IllegalArgumentException e) {
      return;
    }
    if (glob.parts().isPresent() && glob.matches(path)) {
      assertThat(path.split("/")).hasSize(glob.parts().getAsInt());
    }
  }

  @Property
  void aTextWithoutSpecialCharactersMatchesItself(@ForAll("paths") String path) {
    assertThat(Glob.isGlob(path)).isFalse();
    assertThat(Glob.of(path).matches(path)).isTrue();
    assertThat(Glob.of(path).matches(path + "a")).isFalse();
  }

  @Provide
  static Arbitrary<String> globs() {
    return Arbitraries.of(
            "a", "b", "c", "*", "**", "?", "/", "[", "]", "[a-b]", "[!a]", "[^a]", "{", "}",
            "{a,b}", "{a,b/c}", ",", "-", "!", "\\", "\\*", ".", "&&", "(", "^")
        .list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .map(parts -> String.join("", parts))
        .filter(glob -> !glob.contains("//") && !glob.endsWith("/") && !glob.startsWith("/"));
  }

  @Provide
  static Arbitrary<String> paths() {
    return Arbitraries.of("a", "b", "c", "ab", ".a", "a.b", "a-b", "^", "&", "!b", ",")
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(parts -> String.join("/", parts));
  }
}
