/**
 * What a run costs: energy by layer and component ({@link metronome.hwmodel.energy.EnergyEstimator}), area by component
 * ({@link metronome.hwmodel.energy.AreaEstimator}), both from constants that say how sure they are. Start at
 * {@link metronome.hwmodel.energy.EnergyTable}; docs/energy.md lists every constant and formula. Energies are in
 * picojoules, static power in milliwatts, areas in square millimetres. Everything is immutable.
 */
package metronome.hwmodel.energy;
