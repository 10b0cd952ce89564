package org.jobfold.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostListTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          n1                        | n1
          n1,n2                     | n1 n2
          n[1-3]                    | n1 n2 n3
          n[2,4]                    | n2 n4
          n[01-03,7]                | n01 n02 n03 n7
          n[08-11]                  | n08 n09 n10 n11
          n[098-101]-ib             | n098-ib n099-ib n100-ib n101-ib
          rack[0-1]n[1-2]           | rack0n1 rack0n2 rack1n1 rack1n2
          a[1-2,5]-[0-1],login      | a1-0 a1-1 a2-0 a2-1 a5-0 a5-1 login
          n[1-2,1[0-1]]             | n1 n2 n10 n11
          x[a,b[1-2]]y              | xay xb1y xb2y
          n[3-3]                    | n3
          node-a.cluster.org,node-b | node-a.cluster.org node-b
          """)
  void namesHosts(String text, String names) {
    assertThat(HostList.names(text)).isEqualTo(List.of(names.split(" ")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "n[1-2",
        "n1-2]",
        "n[]",
        "n[2-1]",
        "n[1,,2]",
        "n1,",
        "n[a-b]",
        "n[1-]",
        "(null)",
        "n 1",
        "-oProxyCommand=x",
        "n[0-99999]",
        "a[0-999]b[0-999]c[0-999]",
        "n[1-999999999999]"
      })
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> HostList.names(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
