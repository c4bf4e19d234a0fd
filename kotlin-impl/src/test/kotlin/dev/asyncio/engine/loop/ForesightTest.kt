package dev.asyncio.engine.loop

import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.ints.shouldBeLessThan
import io.kotest.matchers.shouldBe

class ForesightTest :
    StringSpec({
        fun Foresight.usesIn(chances: Int, rightness: (use: Int) -> Boolean): Int {
            var uses = 0
            repeat(chances) {
                if (tryUse()) turnedOut(rightness(uses++))
            }
            return uses
        }

        "is always used while it is right" {
            Foresight(isWorthwhile = true).usesIn(1000) { true } shouldBe 1000
        }

        "is always used though it is wrong now and then" {
            Foresight(isWorthwhile = true).usesIn(1000) { it % 3 == 0 } shouldBe 1000
        }

        "is used less and less while it is wrong" {
            val foresight = Foresight(isWorthwhile = true)
            foresight.usesIn(1000) { false } shouldBeLessThan 20
            foresight.usesIn(100_000) { false } shouldBeLessThan 120
        }

        "is always used again once it was right" {
            val foresight = Foresight(isWorthwhile = true)
            foresight.usesIn(1000) { false }
            foresight.usesIn(1000) { true }
            foresight.usesIn(1000) { true } shouldBe 1000
        }

        "is never used where nobody can wait awake" {
            Foresight(isWorthwhile = false).usesIn(1000) { true } shouldBe 0
        }
    })
