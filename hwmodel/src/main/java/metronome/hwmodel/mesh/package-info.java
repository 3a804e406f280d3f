/**
 * The network between the cores of a chip: a mesh of routers that carries messages, cut into flits, from one core to a set
 * of cores. Start at {@link metronome.hwmodel.mesh.Mesh}; the rules are numbered NOC-1 onwards in
 * docs/microarchitecture.md. Times are cycles; a core is a number, a set of cores a mask with bit n for core n. Nothing
 * here may be shared between threads, except the immutable records.
 */
package metronome.hwmodel.mesh;
