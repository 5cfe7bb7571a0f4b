using System.Text.Json;
using SparsePipeline.Sparsification.Pruning;
using SparsePipeline.Sparsification.Souping;
using SparsePipeline.Sparsification.Tests.Pruning;

namespace SparsePipeline.Sparsification.Tests.Conformance;

/// <summary>What every soup promises.</summary>
public sealed class SoupConformanceTests : IDisposable
{
    private const int Cases = 25;
    private readonly Files _files = new();

    public static TheoryData<string> Names => new(Soups.Registry.All.Select(s => s.Info.Name));

    public void Dispose() => _files.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_soup_of_identical_models_is_that_model(string soup) =>
        await Gen.Select(Candidates, Gen.Int[1, 7]).SampleAsync(
            async (candidates, most) =>
            {
                var copies = Math.Min(most, Soups.Registry.Find(soup).Most);
                var (path, other) = (candidates.Models[0].Save(_files), candidates.Models[^1].Save(_files));
                var cooked = await CookAsync(soup, null, [.. Enumerable.Repeat(path, copies)], [.. Enumerable.Repeat(0.5, copies)], other);
                File.ReadAllBytes(cooked).ShouldBe(File.ReadAllBytes(path));
            },
            iter: Cases,
            threads: 1);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_soup_keeps_the_zeros_of_the_shared_mask(string soup) =>
        await Candidates.SampleAsync(
            async (models, sparsity) =>
            {
                var (paths, anchor, mask) = Pruned(soup, models, sparsity);
                using var cooked = StateDict.Open(await CookAsync(soup, mask, paths, Accuracies(paths.Length), anchor));
                ZeroCheck.Violations(cooked, mask).ShouldBeEmpty();
            },
            iter: Cases,
            threads: 1);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_order_of_the_candidates_changes_no_byte(string soup) =>
        await Candidates.SampleAsync(
            async (models, sparsity) =>
            {
                var (paths, anchor, mask) = Pruned(soup, models, sparsity);
                var accuracies = Accuracies(paths.Length);
                var forwards = await CookAsync(soup, mask, paths, accuracies, anchor);
                var backwards = await CookAsync(soup, mask, [.. paths.Reverse()], [.. accuracies.Reverse()], anchor);
                File.ReadAllBytes(backwards).ShouldBe(File.ReadAllBytes(forwards));
            },
            iter: Cases,
            threads: 1);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task No_candidate_at_all_is_refused(string soup) =>
        (await Should.ThrowAsync<DomainException>(() => CookAsync(soup, null, [], [], anchor: null))).Failure.Code.ShouldBe(FailureCodes.MissingArtifact);

    /// <summary>Networks of one structure with independent weights, and a sparsity.</summary>
    private static Gen<(TestModel[] Models, double Sparsity)> Candidates { get; } =
        from model in TestModel.Any
        from noise in Gen.Float[-1, 1].Array[model.Weights].Array[1, 6]
        from sparsity in Gen.Double[0, 0.5]
        select (noise.Select(n => Shifted(model, n)).ToArray(), sparsity);

    private static TestModel Shifted(TestModel model, float[] noise)
    {
        var at = 0;
        return new TestModel([.. model.Layers.Select(l => (l.Rows, l.Columns, l.Values.Select(v => v + noise[at++]).ToArray()))]);
    }

    /// <summary>All under the mask of the first; the last, where there is another, is the network the others are measured from.</summary>
    private (string[] Paths, string Anchor, SparsityMask Mask) Pruned(string soup, TestModel[] models, double sparsity)
    {
        var mask = PruneCase.Run(_files, models[0].Save(_files), GlobalMagnitudePruner.Name, sparsity).Mask;
        string[] all = [.. models.Select(m => PruneCase.Run(_files, m.Save(_files), NonePruner.Name, 0, mask).Checkpoint)];
        return (all[..Math.Clamp(all.Length - 1, 1, Soups.Registry.Find(soup).Most)], all[^1], mask);
    }

    /// <summary>All different, so that 'best first' is one order whatever the candidates' order.</summary>
    private static double[] Accuracies(int count) => [.. Enumerable.Range(0, count).Select(i => 0.5 + (0.07 * (i * 3 % 7)))];

    private async Task<string> CookAsync(string soup, SparsityMask? mask, string[] paths, double[] accuracies, string? anchor)
    {
        var output = _files.NewPath();
        var request = new SoupRequest
        {
            Method = Spec(soup, accuracies),
            Candidates = [.. paths.Zip(accuracies, (path, accuracy) => new CandidateFile(path, accuracy) { Statistics = MadeGradients.For(_files, soup, path) })],
            Mask = mask,
            Anchor = Soups.Registry.Find(soup).Info.Needs.HasFlag(MethodNeeds.Anchor) ? anchor : null,
            LinePoints = 0,
        };
        await SoupOperation.CookAsync(request, Score, output, _files.NewPath("mask"), TestContext.Current.CancellationToken);
        return output;
    }

    /// <summary>
    /// Weights, where the soup needs them, go with the candidates: whoever is more accurate counts more. What a soup leaves out by its options it leaves
    /// out of equal networks too, so here it leaves out nothing.
    /// </summary>
    private static MethodSpec Spec(string soup, double[] accuracies)
    {
        var options = new MethodOptions();
        foreach (var option in Soups.Registry.Find(soup).Info.Options)
            if (option.Name == WeightedSoup.Option)
                options[option.Name] = JsonSerializer.SerializeToElement(accuracies);
            else if (option.Name == "density")
                options[option.Name] = JsonSerializer.SerializeToElement(1);
        return new MethodSpec { Name = soup, Options = options };
    }

    /// <summary>Some pure function of the weights.</summary>
    private static Task<SoupScore> Score(SoupTrial trial, CancellationToken cancellationToken)
    {
        var sum = Math.Abs(Files.Read(trial.Checkpoint, "layer0.weight").Sum(w => (double)w));
        return Task.FromResult(new SoupScore(sum - Math.Floor(sum), sum));
    }
}
