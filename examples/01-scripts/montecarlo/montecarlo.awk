# pi from the share of random points in the unit square that lie in the quarter circle.
# The random numbers are made here, so that a seed gives the same on every machine.
function random() {
  state = (16807 * state) % 2147483647
  return state / 2147483647
}
BEGIN {
  state = 1000003 * seed
  for (i = 0; i < n; i++) {
    x = random()
    y = random()
    if (x * x + y * y < 1) hits++
  }
  printf "%.8f\n", 4 * hits / n
}
