using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Data.Corruption;
using SparsePipeline.Learning.Data.Corruption.Kinds;
using SparsePipeline.Learning.Metrics;
using SparsePipeline.TestKit;

namespace SparsePipeline.Learning.Tests.Data.Corruption;

/// <summary>What corruptions cost three networks that know the digits, in 8×8 pixels and in 28×28.</summary>
public sealed class CorruptionErrorTests : IDisposable
{
    private static readonly long[] Seeds = [1, 2, 3];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void No_severity_takes_a_network_that_knows_the_digits_near_chance()
    {
        var data = Trainings.Data;
        var networks = Train(data);

        foreach (var kind in Corruptions.Registry.All)
            foreach (var severity in Severities.All)
                Right(networks, data, CorruptedSplit.Of(data.Test, kind, severity)).ShouldBeGreaterThan(Seeds.Length * data.Test.Count / 5, $"{kind.Info.Name} {severity}: guessing gives 0.1");
    }

    [Theory]
    [InlineData(8, 0)]
    [InlineData(28, 0.005)]
    public void Fewer_cells_never_help(int side, double noise)
    {
        var data = Scaled(side);
        var networks = Train(data);
        var pixelate = Corruptions.Registry.Find(Pixelate.Name);

        var right = Severities.All.Select(s => Right(networks, data, CorruptedSplit.Of(data.Test, pixelate, s)) + Right(networks, data, CorruptedSplit.Of(data.Shifts["writers"], pixelate, s))).ToList();

        // Digits that were drawn larger have nothing to lose until few cells are left: what remains is chance, of half a percent at most.
        var all = Seeds.Length * (data.Test.Count + data.Shifts["writers"].Count);
        right.Zip(right.Skip(1)).ShouldAllBe(r => r.Second < r.First + (noise * all), string.Join(", ", right));
        right[^1].ShouldBeLessThan(right[0]);
    }

    private List<string> Train(DataSplits data) => [.. Seeds.Select(seed =>
    {
        var file = _folder.File($"{seed}");
        var spec = Trainings.Spec with { Model = ModelSpecs.Mlp(256, 128), Epochs = 30, Seed = seed, PeakLearningRate = 0.15, Data = Trainings.Digits with { Augmentation = "shift" } };
        Trainings.Run(Trainings.Inputs(spec) with { Data = data }, file);
        return file;
    })];

    private static int Right(List<string> networks, DataSplits data, Examples split) => networks.Sum(n =>
    {
        using var jury = new Jury(ModelSpecs.Mlp(256, 128), data, [n]);
        return (int)Math.Round(jury.Measure(split).Report.Accuracy * split.Count);
    });

    private static DataSplits Scaled(int side)
    {
        var data = Trainings.Data;
        var training = Scaled(data.Training, side);
        return data with
        {
            Training = training,
            Validation = Scaled(data.Validation, side),
            Test = Scaled(data.Test, side),
            Shifts = data.Shifts.ToDictionary(s => s.Key, s => Scaled(s.Value, side)),
            Inputs = Standardization.Of(training),
        };
    }

    // Bilinear, centres on centres, with the 16 levels spread over 240 where there are new ones between.
    private static Examples Scaled(Examples split, int side)
    {
        if (side == split.Shape.Width)
            return split;
        var pixels = new byte[split.Count * side * side];
        for (var i = 0; i < split.Count; i++)
        {
            var picture = new Picture(split.Shape, [.. split.Pixels(i).ToArray().Select(v => (double)v)]);
            for (var p = 0; p < side * side; p++)
                pixels[(i * side * side) + p] = (byte)Math.Round(15 * picture.Between(0, Place(p / side), Place(p % side)));
        }

        return new Examples(new InputShape(1, side, side), pixels, [.. split.Labels]);

        double Place(int pixel) => Math.Clamp(((pixel + 0.5) * split.Shape.Width / side) - 0.5, 0, split.Shape.Width - 1);
    }
}
