package metronome.hwmodel.energy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import metronome.core.json.Json;
import metronome.core.json.ObjectBuilder;

/**
 * A figure that was computed, with what it was computed from.
 *
 * @param value figure and band
 * @param unit pJ, mW or mm2
 * @param how the least sure of what went into it; at best derived, if more than a look-up was done
 * @param terms what was added up, in words
 * @param sources of all terms, each once
 */
public record Estimate(Quantity value, String unit, Provenance how, List<String> terms, SequencedSet<String> sources) {
    /** Keeps its own copies. */
    public Estimate {
        terms = List.copyOf(terms);
        sources = Collections.unmodifiableSequencedSet(new LinkedHashSet<>(sources));
    }

    /**
     * {@return a figure of one term}
     *
     * @param value figure and band
     * @param unit its unit
     * @param how how it was got
     * @param term in words
     * @param source where it is from
     */
    public static Estimate of(Quantity value, String unit, Provenance how, String term, String source) {
        return new Estimate(value, unit, how, List.of(term), new LinkedHashSet<>(List.of(source)));
    }

    /**
     * {@return nothing of that unit}
     *
     * @param unit its unit
     */
    public static Estimate none(String unit) {
        return new Estimate(Quantity.ZERO, unit, Provenance.DERIVED, List.of(), new LinkedHashSet<>());
    }

    /**
     * {@return the sum}
     *
     * @param other of the same unit
     */
    public Estimate plus(Estimate other) {
        if (!unit.equals(other.unit)) {
            throw new IllegalArgumentException("cannot add " + other.unit + " to " + unit);
        }
        List<String> allTerms = new ArrayList<>(terms);
        allTerms.addAll(other.terms);
        SequencedSet<String> allSources = new LinkedHashSet<>(sources);
        allSources.addAll(other.sources);
        return new Estimate(value.plus(other.value), unit, how.worse(other.how), allTerms, allSources);
    }

    /**
     * {@return this times a ratio that has a band and a source of its own; where the ratio is 1 it only widens the band,
     * and how the nominal value was got stays as it was}
     *
     * @param ratio a constant of unit 1
     */
    public Estimate times(Constant ratio) {
        SequencedSet<String> allSources = new LinkedHashSet<>(sources);
        allSources.add(ratio.name() + ": " + ratio.source());
        Provenance worst = ratio.value().nominal() == 1 ? how : how.worse(ratio.how());
        return new Estimate(value.times(ratio.value()), unit, worst, terms, allSources);
    }

    /**
     * {@return the same figure, at best as sure as given}
     *
     * @param atBest for a step that is itself a choice
     */
    Estimate noSurerThan(Provenance atBest) {
        return new Estimate(value, unit, how.worse(atBest), terms, sources);
    }

    /** {@return the terms as one text} */
    public String formula() {
        return String.join(" + ", terms);
    }

    /**
     * {@return an object with value, how, formula and sources}
     *
     * @param name of the figure; its unit is added: {@code energy_pJ}
     */
    public ObjectBuilder toJson(String name) {
        return Json.object().put(name + "_" + unit, value.toJson()).put("how", how.label())
                .put("formula", formula()).put("sources", Json.array(sources.stream().map(Json::of).toList()));
    }
}
