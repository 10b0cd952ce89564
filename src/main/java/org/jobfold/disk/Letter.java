package org.jobfold.disk;

import java.time.Instant;

/**
 * A request as it lies in an inbox.
 *
 * @param run the token of the lock of the run that it is meant for; no other run obeys it
 * @param request what is asked
 * @param from who asks
 * @param at when, by the clock of who asks: for people
 */
record Letter(String run, Request request, Sender from, Instant at) {}
