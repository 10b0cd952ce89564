#!/bin/sh
# What holds the ranks of one host. It is the standard input of a shell there, behind the lines that set
#   world   the name of the world and the number of the host, also in the environment of all that runs in it here, by which
#           the rest is found and killed
#   token   what the lines to the starter begin with, on standard error, after a byte 1
#   dir     the working directory
#   needs   words: files that must be readable here; java: the program; grace: tenths of a second between TERM and KILL
#   ranks   a function, which calls `rank N COMMAND…` or `daemon …`
# After that, standard input gives orders, `kill SIGNAL PROCESS`, and its end is the end of all that runs here. So nothing
# stays when the starter is killed, or its connection breaks; and a guard does the same when this shell is killed.
# shellcheck disable=SC2154 # the variables are set by the lines before

say() {
  printf '\001%s %s\n' "$token" "$*" >&5
}

alive() {
  grep -lxzF "JOBFOLD_WORLD=$world" /proc/[0-9]*/environ 2>/dev/null | tr -dc '0-9\n'
}

waiters=
# Rank 0 has the standard output; what others say there goes to standard error.
rank() {
  number=$1
  shift
  (
    trap : PIPE
    pid=
    trap 'kill -TERM "$pid" 2>/dev/null' TERM
    if [ "$number" = 0 ]; then
      JOBFOLD_WORLD=$world "$@" </dev/null >&3 2>&5 3>&- 5>&- &
    else
      JOBFOLD_WORLD=$world "$@" </dev/null >&5 2>&5 3>&- 5>&- &
    fi
    pid=$!
    say began "$number" "$pid"
    wait "$pid"
    code=$?
    while kill -0 "$pid" 2>/dev/null; do
      wait "$pid"
      code=$?
    done
    say ended "$number" "$code"
  ) >/dev/null 2>&1 &
  waiters="$waiters $!"
}

# A daemon of MPJ Express, with a home and ports of its own, and what its ranks need: `rank`, a program, and two pipes.
daemon() { # MPJ_HOME PORT MANAGER_PORT LAUNCHER_PORT RANK_PROGRAM
  home "$1" "$2" "$3" "$4"
  temporary=/tmp/jobfold-$world
  mkdir -m 700 "$temporary" || return
  printf '%s\n' "$5" >"$temporary/rank"
  mkfifo "$temporary/out" "$temporary/err"
  JOBFOLD_WORLD=$world cat 0<>"$temporary/out" >&3 3>&- 5>&- &
  JOBFOLD_WORLD=$world cat 0<>"$temporary/err" >&5 3>&- 5>&- &
  export JOBFOLD_START_TEMPORARY="$temporary" JOBFOLD_START_TOKEN="$token"
  # It keeps files in the home of the user, and removes those of others there.
  # shellcheck disable=SC2016 # the inner shell evaluates it
  rank -1 sh -c 'exec "$0" "$@" >"$JOBFOLD_START_TEMPORARY/log" 2>&1' "$java" -Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
    "-Duser.home=$temporary" -cp "$1/lib/daemon.jar:$1/lib/*" runtime.daemon.MPJDaemon "$2"
  await "$2"
}

# The launcher of MPJ Express.
launcher() { # MPJ_HOME PORT MANAGER_PORT LAUNCHER_PORT MACHINES ARGUMENT...
  program=$1/bin/mpjrun.sh
  home "$1" "$2" "$3" "$4"
  temporary=/tmp/jobfold-$world
  mkdir -m 700 "$temporary" || return
  printf '%s\n' "$5" >"$temporary/machines"
  shift 5
  # shellcheck disable=SC2016 # the inner shell evaluates it
  rank -2 sh -c 'exec "$0" "$@" >"$MPJ_HOME/logs/launcher" 2>&1' \
    "$program" -dev niodev -machinesfile "$temporary/machines" "$@"
}

# The launcher tells the daemons where its home is: it is at one place on all hosts, which may share that.
home() {
  export MPJ_HOME="/tmp/jobfold-${world%-*}"
  mkdir -m 700 "$MPJ_HOME" 2>/dev/null
  mkdir -p "$MPJ_HOME/conf" "$MPJ_HOME/logs"
  ln -sfn "$1/lib" "$MPJ_HOME/lib"
  sed "s/^\(mpjexpress.mpjdaemon.port.1=\).*/\1$2/; s/^\(mpjexpress.mpjdaemon.port.2=\).*/\1$3/; s/^\(mpjexpress.mpjrun.port.1=\).*/\1$4/" \
    "$1/conf/mpjexpress.conf" >"$MPJ_HOME/conf/$world"
  mv "$MPJ_HOME/conf/$world" "$MPJ_HOME/conf/mpjexpress.conf"
}

# Waits until a port is listened at, up to 20 seconds.
await() {
  port=$(printf ':%04X 0*:0000 0A' "$1")
  tries=0
  until grep -q "$port" /proc/net/tcp /proc/net/tcp6 2>/dev/null; do
    tries=$((tries + 1))
    if [ $tries -ge 200 ] || ! kill -0 "$!"; then
      cat "$temporary/log" >&5
      break
    fi
    sleep 0.1
  done
}

hold() {
  trap : PIPE
  temporary=
  cd "$dir" 2>/dev/null || {
    say refused "there is no folder '$dir'"
    return
  }
  command -v "$java" >/dev/null 2>&1 || {
    say refused "there is no '$java': install Java there, or set JAVA_HOME to where it is on every host"
    return
  }
  for needed in $needs; do
    [ -r "$needed" ] || {
      say refused "'$needed' can not be read: it must be there on every host"
      return
    }
  done
  ranks
  say ready
  while read -r verb signal process; do
    [ "$verb" != kill ] || kill -s "$signal" "$process" 2>/dev/null
  done
  [ -z "$temporary" ] || sleep 0.2
  # shellcheck disable=SC2046,SC2086 # one word a process
  kill -TERM $waiters $(alive_ranks) 2>/dev/null
  tenths=0
  while [ $tenths -lt "$grace" ] && [ -n "$(alive)" ]; do
    sleep 0.1
    tenths=$((tenths + 1))
  done
}

# What a daemon has started is no child of this shell.
alive_ranks() {
  [ -z "$temporary" ] || alive
}

guard() {
  cat >/dev/null
  tries=0
  while processes=$(alive) && [ -n "$processes" ] && [ $tries -lt 100 ]; do
    # shellcheck disable=SC2086 # one word a process
    kill -KILL $processes 2>/dev/null
    sleep 0.05
    tries=$((tries + 1))
  done
  rm -rf "/tmp/jobfold-$world" "/tmp/jobfold-${world%-*}"
}

# A batch system warns all processes of a job by TERM: what that means, the ranks decide. The starter ends this shell by
# closing its standard input.
trap '' TERM
{ hold 3>&4 4>&- | guard >/dev/null 4>&-; } 4>&1 5>&2 2>/dev/null
