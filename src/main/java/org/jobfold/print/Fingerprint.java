package org.jobfold.print;

import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A digest of named elements, such as all that a folder depends on. Immutable. Two are equal if
 * they were made of the same elements: the whole is a SHA-256 over the elements in the order of
 * their names, each with its length in front, so that {@code a → bc} and {@code ab → c} differ.
 *
 * <p>Of each element it keeps a mark of 8 bytes, only to tell which ones differ between two
 * fingerprints; it never keeps their values.
 *
 * <p>The checksum is that of: the number {@link #VERSION}, the number of elements, then for each
 * element, in the order of {@link String#compareTo}, its name, its kind ({@code T} for texts,
 * {@code C} for content), and 32 bytes: the digest of the texts (how many, then each of them), or
 * the digest of the content. Numbers have 4 bytes; a text is its length, then its UTF-16 code
 * units; all big-endian. The mark of an element is the first 8 of its 32 bytes.
 */
public final class Fingerprint {
  /** Which elements there are and what goes into them; fingerprints of other versions differ. */
  public static final int VERSION = 1;

  private static final byte TEXTS = 'T';
  private static final byte CONTENT = 'C';

  private final Digest checksum;
  private final SortedMap<String, Long> marks;

  private Fingerprint(Digest checksum, SortedMap<String, Long> marks) {
    this.checksum = checksum;
    this.marks = Collections.unmodifiableSortedMap(marks);
  }

  /** A fingerprint that was kept: what {@link #checksum} and {@link #marks} said of it. */
  public static Fingerprint kept(Digest checksum, Map<String, Long> marks) {
    return new Fingerprint(checksum, new TreeMap<>(marks));
  }

  /** Begins one that has no elements yet. */
  public static Builder builder() {
    return new Builder();
  }

  /** The digest of all elements. */
  public Digest checksum() {
    return checksum;
  }

  /** The elements by name, each with the mark that tells it from its other values. */
  public SortedMap<String, Long> marks() {
    return marks;
  }

  /** What is different from an older fingerprint. */
  public Difference since(Fingerprint old) {
    SortedSet<String> updated = new TreeSet<>();
    SortedSet<String> added = new TreeSet<>();
    SortedSet<String> obsolete = new TreeSet<>(old.marks.keySet());
    obsolete.removeAll(marks.keySet());
    marks.forEach(
        (name, mark) -> {
          if (!old.marks.containsKey(name)) {
            added.add(name);
          } else if (!mark.equals(old.marks.get(name))) {
            updated.add(name);
          }
        });
    return new Difference(updated, added, obsolete);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fingerprint print && checksum.equals(print.checksum);
  }

  @Override
  public int hashCode() {
    return checksum.hashCode();
  }

  /** A line for each element, in the order of their names: {@code name: mark}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    marks.forEach(
        (name, mark) ->
            text.append(name).append(": ").append(HexFormat.of().toHexDigits(mark)).append('\n'));
    return text.toString();
  }

  /**
   * What two fingerprints differ in, by the names of the elements.
   *
   * @param updated in both, with other values
   * @param added only in the newer
   * @param obsolete only in the older
   */
  public record Difference(
      SortedSet<String> updated, SortedSet<String> added, SortedSet<String> obsolete) {
    /** Whether there is none. */
    public boolean isEmpty() {
      return updated.isEmpty() && added.isEmpty() && obsolete.isEmpty();
    }
  }

  /** Gathers elements, in any order. */
  public static final class Builder {
    private final SortedMap<String, Element> elements = new TreeMap<>();

    private Builder() {}

    /**
     * Adds a text.
     *
     * @throws IllegalArgumentException if there is an element of that name
     */
    public Builder add(String name, String text) {
      return add(name, List.of(text));
    }

    /**
     * Adds texts whose order matters.
     *
     * @throws IllegalArgumentException if there is an element of that name
     */
    public Builder add(String name, List<String> texts) {
      Sha256 digest = new Sha256().number(texts.size());
      texts.forEach(digest::text);
      return put(name, new Element(TEXTS, digest.done()));
    }

    /**
     * Adds the digest of some content, such as that of a file.
     *
     * @throws IllegalArgumentException if there is an element of that name
     */
    public Builder add(String name, Digest content) {
      return put(name, new Element(CONTENT, content));
    }

    /** The names that were added. */
    public Set<String> names() {
      return Collections.unmodifiableSet(elements.keySet());
    }

    /** The fingerprint of what was added. */
    public Fingerprint build() {
      Sha256 digest = new Sha256().number(VERSION).number(elements.size());
      SortedMap<String, Long> marks = new TreeMap<>();
      elements.forEach(
          (name, element) -> {
            digest.text(name).kind(element.kind).digest(element.value);
            marks.put(name, element.value.first());
          });
      return new Fingerprint(digest.done(), marks);
    }

    private Builder put(String name, Element element) {
      if (elements.putIfAbsent(name, element) != null) {
        throw new IllegalArgumentException("the element '" + name + "' is there already");
      }
      return this;
    }
  }

  private record Element(byte kind, Digest value) {}
}
