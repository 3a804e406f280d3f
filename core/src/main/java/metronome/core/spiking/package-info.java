/**
 * Temporally coded spiking networks: conversion, the functional oracles, and the counting of operations.
 *
 * <p>The way through: a trained {@link metronome.core.network.Network} becomes a
 * {@link metronome.core.spiking.SpikingNetwork} (double precision), which becomes a
 * {@link metronome.core.spiking.FixedNetwork} for given bit widths: what hardware computes, bit for bit.
 * Firing steps of a layer are arrays indexed by neuron (channel, row, column, row-major).
 */
package metronome.core.spiking;
