package org.jobfold.backend.cluster;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jobfold.folder.Origin;
import org.jobfold.folder.Origins;

/**
 * Makes codecs from types: of records by their components, of sealed interfaces by the records that
 * they permit, of enums, texts, numbers, times, optional values and collections of all these.
 *
 * <p>Bytes say which of the permitted records there is by its place among them, never by a name. So
 * nothing but those records can ever be made of them, and only by their constructors, which refuse
 * what can not be. There is no code for a single type, so none can be forgotten: what has no codec
 * is refused when the codec is made, not when a value is sent.
 */
final class Codecs {
  private final Map<Type, Codec<Object>> made = new HashMap<>();
  private final MethodHandles.Lookup own = MethodHandles.lookup();

  /** The codec of a record or a sealed interface. */
  static <T> Codec<T> of(Class<T> type) {
    Codec<Object> codec = new Codecs().codec(type);
    return new Codec<>(
        codec.schema(), codec.writer()::accept, from -> type.cast(codec.reader().read(from)));
  }

  private Codec<Object> codec(Type type) {
    Codec<Object> known = made.get(type);
    if (known == null) {
      known =
          type instanceof ParameterizedType generic ? collection(generic) : simple((Class<?>) type);
      made.put(type, known);
    }
    return known;
  }

  private Codec<Object> simple(Class<?> type) {
    if (type == String.class) {
      return codec("text", (text, to) -> to.text((String) text), Source::text);
    }
    if (type == int.class || type == Integer.class) {
      return codec("int", (number, to) -> to.number((Integer) number), Source::integer);
    }
    if (type == long.class || type == Long.class) {
      return codec("long", (number, to) -> to.number((Long) number), Source::number);
    }
    if (type == boolean.class) {
      return codec("yes", (yes, to) -> to.count((Boolean) yes ? 1 : 0), from -> from.below(2) == 1);
    }
    if (type == double.class) {
      return codec(
          "double",
          (number, to) -> to.number(Double.doubleToLongBits((Double) number)),
          from -> Double.longBitsToDouble(from.number()));
    }
    if (type == OptionalInt.class) {
      Codec<Object> list = list(codec(int.class));
      return codec(
          "int?",
          (some, to) -> list.writer().accept(((OptionalInt) some).stream().boxed().toList(), to),
          from -> {
            List<?> read = (List<?>) list.reader().read(from);
            atMostOne(read);
            return read.isEmpty() ? OptionalInt.empty() : OptionalInt.of((Integer) read.get(0));
          });
    }
    if (type == Duration.class) {
      return codec("duration", (time, to) -> write((Duration) time, to), Codecs::duration);
    }
    if (type == Instant.class) {
      return codec(
          "instant",
          (time, to) -> write(Duration.between(Instant.EPOCH, (Instant) time), to),
          from -> made(() -> Instant.EPOCH.plus(duration(from))));
    }
    if (type == Origin.class) {
      // it is no part of a value: any two are equal
      return codec("origin", (origin, to) -> {}, from -> Origin.NOWHERE);
    }
    if (type == Origins.class) {
      return codec("origins", (origins, to) -> {}, from -> Origins.NONE);
    }
    if (type.isEnum()) {
      List<Object> all = List.of(type.getEnumConstants());
      return codec(
          "enum" + all,
          (one, to) -> to.count(all.indexOf(one)),
          from -> all.get(from.below(all.size())));
    }
    if (type.isRecord()) {
      return record(type);
    }
    if (type.isSealed()) {
      return choice(type);
    }
    throw new IllegalArgumentException("there are no bytes for '" + type.getName() + "'");
  }

  private Codec<Object> collection(ParameterizedType type) {
    Type[] of = type.getActualTypeArguments();
    Codec<Object> first = codec(of[0]);
    Type raw = type.getRawType();
    if (raw == Optional.class) {
      Codec<Object> list = list(first);
      return codec(
          first.schema() + "?",
          (some, to) -> list.writer().accept(((Optional<?>) some).stream().toList(), to),
          from -> {
            List<?> read = (List<?>) list.reader().read(from);
            atMostOne(read);
            return read.stream().findFirst();
          });
    }
    if (raw == List.class) {
      return list(first);
    }
    if (raw == Set.class && of[0] == Integer.class) {
      return numbers();
    }
    if (raw == Set.class || raw == SortedSet.class) {
      Function<Collection<?>, Object> set =
          raw == Set.class ? LinkedHashSet::new : all -> new TreeSet<>(all);
      Codec<Object> list = list(first);
      return codec(
          "set" + list.schema(),
          (all, to) -> list.writer().accept(List.copyOf((Collection<?>) all), to),
          from -> made(() -> set.apply((List<?>) list.reader().read(from))));
    }
    if (raw == Map.class || raw == SortedMap.class) {
      return map(first, codec(of[1]), raw == SortedMap.class ? TreeMap::new : LinkedHashMap::new);
    }
    throw new IllegalArgumentException("there are no bytes for '" + type + "'");
  }

  private static Codec<Object> list(Codec<Object> each) {
    return codec(
        "[" + each.schema() + "]",
        (list, to) -> {
          to.count(((List<?>) list).size());
          ((List<?>) list).forEach(one -> each.writer().accept(one, to));
        },
        from -> {
          int count = from.count();
          List<Object> list = new ArrayList<>(count);
          for (int i = 0; i < count; i++) {
            list.add(each.reader().read(from));
          }
          return list;
        });
  }

  private static Codec<Object> map(
      Codec<Object> key,
      Codec<Object> value,
      Function<Map<Object, Object>, Map<Object, Object>> kind) {
    return codec(
        "{" + key.schema() + ":" + value.schema() + "}",
        (map, to) -> {
          to.count(((Map<?, ?>) map).size());
          ((Map<?, ?>) map)
              .forEach(
                  (k, v) -> {
                    key.writer().accept(k, to);
                    value.writer().accept(v, to);
                  });
        },
        from -> {
          int count = from.count();
          Map<Object, Object> map = new LinkedHashMap<>();
          for (int i = 0; i < count; i++) {
            map.put(key.reader().read(from), value.reader().read(from));
          }
          return made(() -> kind.apply(map));
        });
  }

  /** Sets of numbers as runs: all 256 exit codes are one. */
  private static Codec<Object> numbers() {
    return codec(
        "set[int]",
        (set, to) -> {
          int[] all = ((Set<?>) set).stream().mapToInt(one -> (Integer) one).sorted().toArray();
          List<int[]> runs = new ArrayList<>();
          for (int i = 0; i < all.length; i++) {
            if (i > 0 && all[i] == all[i - 1] + 1) {
              runs.get(runs.size() - 1)[1]++;
            } else {
              runs.add(new int[] {all[i], 1});
            }
          }
          to.count(runs.size());
          for (int[] run : runs) {
            to.number(run[0]);
            to.count(run[1]);
          }
        },
        from -> {
          Set<Integer> set = new LinkedHashSet<>();
          for (int left = from.count(); left > 0; left--) {
            int first = from.integer();
            int length = from.below(1 << 16);
            IntStream.range(first, first + length).forEach(set::add);
          }
          return set;
        });
  }

  private Codec<Object> record(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    List<Codec<Object>> codecs = new ArrayList<>();
    List<MethodHandle> getters = new ArrayList<>();
    MethodHandle constructor;
    try {
      MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, own);
      for (RecordComponent component : components) {
        codecs.add(codec(component.getGenericType()));
        getters.add(
            lookup
                .unreflect(component.getAccessor())
                .asType(MethodType.methodType(Object.class, Object.class)));
      }
      constructor =
          lookup
              .findConstructor(
                  type,
                  MethodType.methodType(
                      void.class,
                      Arrays.stream(components)
                          .map(RecordComponent::getType)
                          .toArray(Class<?>[]::new)))
              .asSpreader(Object[].class, components.length)
              .asType(MethodType.methodType(Object.class, Object[].class));
    } catch (IllegalAccessException | NoSuchMethodException e) {
      throw new IllegalArgumentException("there are no bytes for '" + type.getName() + "'", e);
    }
    return codec(
        type.getSimpleName()
            + codecs.stream().map(Codec::schema).collect(Collectors.joining(",", "(", ")")),
        (value, to) -> {
          for (int i = 0; i < components.length; i++) {
            codecs.get(i).writer().accept(component(getters.get(i), value), to);
          }
        },
        from -> {
          Object[] parts = new Object[components.length];
          for (int i = 0; i < parts.length; i++) {
            parts[i] = codecs.get(i).reader().read(from);
          }
          return made(() -> made(constructor, parts));
        });
  }

  private Codec<Object> choice(Class<?> type) {
    List<Class<?>> records = permitted(type);
    List<Codec<Object>> codecs = records.stream().map(this::codec).toList();
    return codec(
        codecs.stream().map(Codec::schema).collect(Collectors.joining("|", "<", ">")),
        (value, to) -> {
          int index = records.indexOf(value.getClass());
          to.count(index);
          codecs.get(index).writer().accept(value, to);
        },
        from -> codecs.get(from.below(records.size())).reader().read(from));
  }

  /** The records that a sealed interface permits, also through others. */
  private static List<Class<?>> permitted(Class<?> type) {
    List<Class<?>> records = new ArrayList<>();
    for (Class<?> each : type.getPermittedSubclasses()) {
      if (each.isRecord()) {
        records.add(each);
      } else {
        records.addAll(permitted(each));
      }
    }
    return records.stream().distinct().toList();
  }

  private static void write(Duration time, Sink to) {
    to.number(time.toSeconds());
    to.count(time.toNanosPart());
  }

  private static Duration duration(Source from) throws UnreadableException {
    return Duration.ofSeconds(from.number(), from.below(1_000_000_000));
  }

  private static void atMostOne(List<?> read) throws UnreadableException {
    if (read.size() > 1) {
      throw new UnreadableException("there are " + read.size() + " where one may be");
    }
  }

  private static Object component(MethodHandle getter, Object value) {
    try {
      return getter.invokeExact(value);
    } catch (Throwable e) {
      throw new IllegalStateException("a record does not show what it holds", e);
    }
  }

  private static Object made(MethodHandle constructor, Object[] parts) throws UnreadableException {
    try {
      return constructor.invokeExact(parts);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new UnreadableException("a value can not be made", e);
    }
  }

  /** What makes a value of parts that were read. */
  @FunctionalInterface
  private interface Making {
    Object get() throws UnreadableException;
  }

  /** A value, whose constructor may refuse its parts. */
  private static Object made(Making making) throws UnreadableException {
    try {
      return making.get();
    } catch (RuntimeException e) {
      throw new UnreadableException("a value can not be: " + e.getMessage(), e);
    }
  }

  private static Codec<Object> codec(
      String schema,
      java.util.function.BiConsumer<Object, Sink> writer,
      Codec.Reader<Object> reader) {
    return new Codec<>(schema, writer, reader);
  }
}
