import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads volume and total energy from {@code scf.out} of every folder {@code a*} and fits the
 * Birch-Murnaghan equation of state, which is a cubic polynomial in {@code V^(-2/3)}.
 *
 * <p>Usage: {@code java Fit.java [DIRECTORY]}. Prints the lattice constant and the bulk modulus at
 * the minimum. Ends with code 1 if a result is missing or there is no minimum.
 */
class Fit {
  private static final double ANGSTROM_PER_BOHR = 0.529177210903;
  private static final double GPA_PER_RYDBERG_PER_BOHR3 = 14710.507848;
  private static final Pattern ENERGY =
      Pattern.compile("^!\\s+total energy\\s+=\\s+(\\S+) Ry", Pattern.MULTILINE);
  private static final Pattern VOLUME = Pattern.compile("unit-cell volume\\s+=\\s+(\\S+) ");

  private record Point(String folder, double volume, double energy) {
    double x() {
      return Math.pow(volume, -2.0 / 3);
    }
  }

  public static void main(String[] args) throws IOException {
    List<Point> points = read(Path.of(args.length > 0 ? args[0] : "."));
    double shift = points.get(0).x();
    double[] c = cubic(points, shift);
    double minimum = shift + minimum(c, points, shift);

    double volume = Math.pow(minimum, -1.5);
    double lattice = Math.cbrt(4 * volume) * ANGSTROM_PER_BOHR;
    // With x = V^(-2/3) and dE/dx = 0: the bulk modulus V d2E/dV2 is (4/9) x^(7/2) d2E/dx2.
    double curvature = 2 * c[2] + 6 * c[3] * (minimum - shift);
    double bulk = 4.0 / 9 * Math.pow(minimum, 3.5) * curvature * GPA_PER_RYDBERG_PER_BOHR3;

    for (Point p : points) {
      System.out.printf(Locale.ROOT, "%-8s %10.4f bohr^3 %14.8f Ry%n", p.folder, p.volume, p.energy);
    }
    System.out.printf(Locale.ROOT, "lattice constant %.3f angstrom%n", lattice);
    System.out.printf(Locale.ROOT, "bulk modulus     %.1f GPa%n", bulk);
  }

  private static List<Point> read(Path root) throws IOException {
    List<Path> folders;
    try (Stream<Path> all = Files.list(root)) {
      folders =
          all.filter(p -> p.getFileName().toString().matches("a[0-9.]+") && Files.isDirectory(p))
              .sorted()
              .toList();
    }
    List<Point> points = new ArrayList<>();
    List<Path> missing = new ArrayList<>();
    for (Path folder : folders) {
      Path file = folder.resolve("scf.out");
      String text = Files.exists(file) ? Files.readString(file) : "";
      Optional<Double> volume = first(VOLUME, text);
      Optional<Double> energy = first(ENERGY, text);
      if (volume.isPresent() && energy.isPresent()) {
        points.add(new Point(folder.getFileName().toString(), volume.get(), energy.get()));
      } else {
        missing.add(file);
      }
    }
    if (!missing.isEmpty()) {
      String names = missing.stream().map(Path::toString).collect(Collectors.joining(", "));
      throw fail("no total energy in " + names + ": run the tree first");
    }
    points.sort(Comparator.comparingDouble(Point::volume));
    if (points.size() < 5) {
      throw fail(points.size() + " folders in '" + root + "': a fit needs at least 5");
    }
    return points;
  }

  private static Optional<Double> first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(Double.valueOf(matcher.group(1))) : Optional.empty();
  }

  /** Least squares: the coefficients of {@code E(x)} in powers of {@code x - shift}. */
  private static double[] cubic(List<Point> points, double shift) {
    int n = 4;
    double[][] m = new double[n][n + 1];
    for (Point p : points) {
      double x = p.x() - shift;
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          m[i][j] += Math.pow(x, i + j);
        }
        m[i][n] += Math.pow(x, i) * p.energy;
      }
    }
    for (int i = 0; i < n; i++) {
      for (int row = 0; row < n; row++) {
        if (row != i) {
          double factor = m[row][i] / m[i][i];
          for (int j = i; j <= n; j++) {
            m[row][j] -= factor * m[i][j];
          }
        }
      }
    }
    double[] c = new double[n];
    for (int i = 0; i < n; i++) {
      c[i] = m[i][n] / m[i][i];
    }
    return c;
  }

  /** Where the derivative is zero and the curvature positive, inside the range of the points. */
  private static double minimum(double[] c, List<Point> points, double shift) {
    double discriminant = 4 * c[2] * c[2] - 12 * c[1] * c[3];
    // The form of the root that holds for a vanishing cubic term too.
    double x = -2 * c[1] / (2 * c[2] + Math.sqrt(discriminant));
    double low = points.stream().mapToDouble(Point::x).min().orElseThrow() - shift;
    double high = points.stream().mapToDouble(Point::x).max().orElseThrow() - shift;
    if (!(x > low && x < high)) {
      throw fail("the energies have no minimum between the smallest and the largest volume");
    }
    return x;
  }

  private static RuntimeException fail(String message) {
    System.err.println("fit: " + message);
    System.exit(1);
    return new IllegalStateException(message);
  }
}
