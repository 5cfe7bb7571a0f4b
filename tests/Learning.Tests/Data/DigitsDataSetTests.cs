using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Data.Digits;

namespace SparsePipeline.Learning.Tests.Data;

public sealed class DigitsDataSetTests
{
    private static readonly DataSpec Spec = new() { Name = DigitsDataSet.Name };

    [Fact]
    public void All_1797_digits_are_in_exactly_one_split()
    {
        var data = DataSets.Load(Spec);

        var all = new[] { data.Training, data.Validation, data.Test, data.Shifts["writers"] };
        all.Sum(e => e.Count).ShouldBe(1797);
        all.SelectMany(Keys).Order().ShouldBe(Keys(DigitsFile.Read()).Order());
    }

    [Fact]
    public void The_shift_is_the_writers_of_blocks_0_3_4_and_12()
    {
        var raw = DigitsFile.Read();
        var held = Enumerable.Range(0, raw.Count).Where(i => DigitsDataSet.Block(i) is 0 or 3 or 4 or 12).ToArray();

        held.Length.ShouldBe(512);
        Keys(DataSets.Load(Spec).Shifts["writers"]).ShouldBe(Keys(raw.Select(held)));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(129, 0)]
    [InlineData(130, 1)]
    [InlineData(1796, 13)]
    public void Rows_belong_to_blocks_of_writers(int row, int block) => DigitsDataSet.Block(row).ShouldBe(block);

    [Fact]
    public void The_test_split_does_not_depend_on_the_split_seed() =>
        Keys(DataSets.Load(Spec with { SplitSeed = 1 }).Test).ShouldBe(Keys(DataSets.Load(Spec with { SplitSeed = 2 }).Test));

    [Fact]
    public void The_digest_depends_on_the_files_only() => DataSets.Digest(Spec).ShouldBe(DataSets.Digest(Spec with { SplitSeed = 2, Limit = 3 }));

    [Fact]
    public void A_digest_of_other_files_is_refused()
    {
        var failure = Should.Throw<DomainException>(() => DataSets.Load(Spec with { Digest = "00" })).Failure;

        failure.Code.ShouldBe(FailureCodes.DataUnavailable);
        failure.Reason.ShouldContain(DataSets.Digest(Spec));
    }

    private static IEnumerable<string> Keys(Examples examples) =>
        Enumerable.Range(0, examples.Count).Select(i => $"{Convert.ToHexString(examples.Pixels(i))}:{examples.Labels[i]}").ToList();
}
