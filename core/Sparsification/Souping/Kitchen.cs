using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>Merges trials in a folder of their own beside the output and has them scored; each set of members only once.</summary>
internal sealed class Kitchen(Merger merger, MaskedAverage average, SoupScorer scorer, string output) : IDisposable
{
    private readonly Dictionary<string, Task<SoupScore>> _scores = [];
    private readonly WorkFolder _trials = WorkFolder.Beside(output);
    private int _count;

    /// <summary>Score of the uniform average of some candidates.</summary>
    public Task<SoupScore> ScoreAsync(IReadOnlyList<int> members, CancellationToken cancellationToken)
    {
        // The mean does not depend on the order of its members, so neither does the score.
        var key = string.Join(',', members.Order());
        return _scores.TryGetValue(key, out var known) ? known : _scores[key] = ScoreAsync(path => average.WriteAsync(new SoupMix(members), path, cancellationToken), cancellationToken);
    }

    /// <summary>Score of a point between candidates, whatever their masks.</summary>
    public Task<SoupScore> ScoreAsync(IReadOnlyList<int> members, IReadOnlyList<double> weights, CancellationToken cancellationToken) =>
        ScoreAsync(
            path =>
            {
                merger.Write(members, weights, path);
                return Task.CompletedTask;
            },
            cancellationToken);

    /// <summary>Writes the chosen soup to the output, recalibrated, with its zeros checked once more.</summary>
    public async Task<(SoupScore Score, SparsityMask? Mask, IReadOnlyList<MergedTensor> Figures)> ServeAsync(SoupMix mix, CancellationToken cancellationToken)
    {
        var (merged, recalibrated) = (NewFile(), NewFile());
        var (mask, figures) = await average.WriteAsync(mix, merged, cancellationToken);
        var score = await scorer(new SoupTrial(merged, recalibrated), cancellationToken);
        var chosen = File.Exists(recalibrated) ? recalibrated : merged;
        CheckZeros(chosen, mask);
        File.Move(chosen, output, overwrite: true);
        return (score, mask, figures);
    }

    /// <summary>Removes the trials.</summary>
    public void Dispose() => _trials.Dispose();

    private async Task<SoupScore> ScoreAsync(Func<string, Task> write, CancellationToken cancellationToken)
    {
        var trial = NewFile();
        await write(trial);
        var score = await scorer(new SoupTrial(trial, null), cancellationToken);
        File.Delete(trial);
        return score;
    }

    private static void CheckZeros(string checkpoint, SparsityMask? mask)
    {
        using var state = StateDict.Open(checkpoint);
        if (mask is not null)
            ZeroCheck.Ensure(state, mask);
    }

    private string NewFile() => Path.Combine(_trials.Path, $"trial-{_count++}");
}
