package dev.asyncio.conformance;

/** Decides which face runs a body. */
public final class Dealer {
    private final Face face;
    private final Interpreter java;
    private final Interpreter kotlin;
    private boolean nextTaskIsKotlin;
    private boolean nextInlineCrosses = true;

    Dealer(Face face, Interpreter java, Interpreter kotlin) {
        this.face = face;
        this.java = java;
        this.kotlin = kotlin;
    }

    /** For a body that a task or a combinator will run: main is Java's, the next Kotlin's, and so on. */
    public Interpreter taskFace() {
        switch (face) {
            case JAVA:
                return java;
            case KOTLIN:
                return kotlin;
            default:
                boolean isKotlin = nextTaskIsKotlin;
                nextTaskIsKotlin = !isKotlin;
                return isKotlin ? kotlin : java;
        }
    }

    /** For a body that is awaited where it stands: every second one is of the other face than its awaiter. */
    public Interpreter inlineFace(Interpreter awaiter) {
        if (face != Face.MIXED) {
            return awaiter;
        }
        boolean crosses = nextInlineCrosses;
        nextInlineCrosses = !crosses;
        Interpreter other = awaiter == java ? kotlin : java;
        return crosses ? other : awaiter;
    }
}
