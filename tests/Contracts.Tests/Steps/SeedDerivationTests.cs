using CsCheck;

namespace SparsePipeline.Contracts.Tests;

public sealed class SeedDerivationTests
{
    [Fact]
    public void Seeds_are_what_they_have_always_been() =>
        new[] { SeedDerivation.Derive(1, "dense"), SeedDerivation.Derive(1, "cycle-1/candidate", 2) }
            .ShouldBe([6290819461085541649, 4172029928691753513]);

    [Fact]
    public void Seeds_are_never_negative() =>
        Gen.Select(Gen.Long, Gen.String, Gen.Long).Sample((seed, purpose, index) => SeedDerivation.Derive(seed, purpose, index) >= 0);

    [Fact]
    public void Another_seed_purpose_or_index_gives_another_seed() =>
        new[] { SeedDerivation.Derive(1, "a", 1), SeedDerivation.Derive(2, "a", 1), SeedDerivation.Derive(1, "b", 1), SeedDerivation.Derive(1, "a", 2) }
            .ShouldBeUnique();
}
