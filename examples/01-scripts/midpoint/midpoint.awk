# pi as the integral of 4/(1+x^2) from 0 to 1, by the midpoint rule with n intervals.
BEGIN {
  for (i = 0; i < n; i++) {
    x = (i + 0.5) / n
    sum += 4 / (1 + x * x)
  }
  printf "%.8f\n", sum / n
}
