using System.Security.Cryptography;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Data.Corruption;
using SparsePipeline.TestKit;

namespace SparsePipeline.Learning.Tests.Data.Corruption;

/// <summary>What holds for every kind of corruption in the registry.</summary>
public sealed class CorruptionConformanceTests
{
    public static TheoryData<string> Names => [.. Corruptions.Registry.Infos.Select(i => i.Name)];

    /// <summary>They may change only on purpose, with a new version of the evaluation: every accuracy under corruption stored so far would be wrong.</summary>
    [Fact]
    public void Corrupted_pictures_are_the_golden_ones()
    {
        var lines = from kind in Corruptions.Registry.All
                    from severity in Severities.All
                    select $"{kind.Info.Name} {severity}: {Digest(CorruptedSplit.Of(Samples.Digits, kind, severity))} {Digest(CorruptedSplit.Of(Samples.Colours, kind, severity))}\n";

        var (stored, expected) = GeneratedFile.Compare("tests/Learning.Tests/Golden/corruptions.txt", string.Concat(lines));

        expected.ShouldBe(stored);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_severity_changes_more_than_the_one_before(string name)
    {
        foreach (var split in new[] { Samples.Digits, Samples.Colours })
        {
            var changes = Severities.All.Select(s => MeanChange(split, Corrupt(name, split, s))).ToList();

            changes[0].ShouldBeGreaterThan(0);
            changes.ShouldBeInOrder(SortDirection.Ascending, string.Join(", ", changes));
            changes.ShouldBeUnique();
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_stay_between_0_and_the_brightest_and_shape_and_labels_stay(string name)
    {
        foreach (var severity in Severities.All)
        {
            var corrupted = Corrupt(name, Samples.Digits, severity);

            Pixels(corrupted).Max().ShouldBeLessThanOrEqualTo((byte)16);
            corrupted.Shape.ShouldBe(Samples.Digits.Shape);
            corrupted.Labels.ShouldBe(Samples.Digits.Labels);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_example_is_corrupted_in_the_same_way_whatever_comes_after_it(string name)
    {
        var all = Corrupt(name, Samples.Colours, 3);
        var first = Corrupt(name, Samples.Colours.Select([0, 1]), 3);

        Pixels(first).ShouldBe(Pixels(all.Select([0, 1])));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Any_small_size_will_do(string name)
    {
        foreach (var shape in new InputShape[] { new(1, 1, 1), new(1, 3, 5), new(3, 32, 32), new(1, 28, 28) })
            Corrupt(name, Samples.Of(shape, [.. Enumerable.Range(0, shape.Size).Select(i => (byte)(i % 256))]), 5).Shape.ShouldBe(shape);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_black_data_set_is_no_reason_to_divide_by_zero(string name) =>
        Corrupt(name, Samples.Of(new InputShape(1, 8, 8), new byte[64]), 5).Count.ShouldBe(1);

    private static Examples Corrupt(string name, Examples split, int severity) => CorruptedSplit.Of(split, Corruptions.Registry.Find(name), severity);

    private static byte[] Pixels(Examples split) => [.. Enumerable.Range(0, split.Count).SelectMany(i => split.Pixels(i).ToArray())];

    private static double MeanChange(Examples before, Examples after) =>
        Pixels(before).Zip(Pixels(after), (b, a) => Math.Abs((double)b - a)).Average();

    private static string Digest(Examples split) => Convert.ToHexStringLower(SHA256.HashData(Pixels(split)))[..16];
}
