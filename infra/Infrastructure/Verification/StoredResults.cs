using System.Collections.Concurrent;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Infrastructure.Verification;

/// <summary>Searches through the results of all steps of a store, whatever run they belong to.</summary>
public sealed class StoredResults(IObjectStore documents, IStepStore steps, IArtifactStore artifacts)
{
    private const int AtOnce = 8;

    /// <summary>Steps that have made a blob, and which of their outputs it is.</summary>
    internal async Task<IReadOnlyList<(string? Step, string Name, ArtifactRef Blob)>> MakersOfAsync(string digest, CancellationToken cancellationToken)
    {
        var results = await ReadAsync(result => Task.FromResult(result.Outputs.Values.Any(o => o.Digest == digest)), cancellationToken);
        return [.. from result in results
                   from output in result.Outputs
                   where output.Value.Digest == digest
                   select ((string?)result.Key, $"{output.Key} of a {result.Kind} step", output.Value)];
    }

    /// <summary>Failures for want of an artifact, of steps one of whose inputs is lost.</summary>
    /// <param name="lost">Digests known to be lost; an input that is not in the store counts, too.</param>
    /// <param name="cancellationToken">Stops searching.</param>
    internal Task<IReadOnlyList<StepResult>> FailuresAboutAsync(IReadOnlySet<string> lost, CancellationToken cancellationToken) => ReadAsync(
        async result => result.Failure is { Code: FailureCodes.MissingArtifact or FailureCodes.CorruptArtifact }
            && await LacksInputAsync(result.Key, lost, cancellationToken),
        cancellationToken);

    /// <summary>Whether a step's result, as it is now, has this blob among its outputs.</summary>
    internal async Task<bool> NamesAsync(string key, string digest, CancellationToken cancellationToken) =>
        await steps.ReadResultAsync(key, cancellationToken) is { } result && result.Outputs.Values.Any(o => o.Digest == digest);

    /// <summary>Whether a step's result, as it is now, is a failure.</summary>
    internal async Task<bool> IsFailureAsync(string key, CancellationToken cancellationToken) =>
        await steps.ReadResultAsync(key, cancellationToken) is { Failure: not null };

    private async Task<bool> LacksInputAsync(string key, IReadOnlySet<string> lost, CancellationToken cancellationToken)
    {
        if (await documents.ReadAsync(StepPaths.Spec(key), cancellationToken) is not { } spec)
            return false;
        foreach (var input in ArtifactReferences.In(spec.Content) ?? [])
        {
            if (lost.Contains(input.Digest) || await artifacts.SizeAsync(input.Digest, cancellationToken) is null)
                return true;
        }
        return false;
    }

    private async Task<IReadOnlyList<StepResult>> ReadAsync(Func<StepResult, Task<bool>> choose, CancellationToken cancellationToken)
    {
        var chosen = new ConcurrentBag<StepResult>();
        var limits = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        var keys = documents.ListAsync(StepPaths.All, cancellationToken).Select(StepPaths.StepOfResult).OfType<string>();
        await Parallel.ForEachAsync(keys, limits, async (key, token) =>
        {
            if (await steps.ReadResultAsync(key, token) is { } result && await choose(result))
                chosen.Add(result);
        });
        return [.. chosen.OrderBy(r => r.Key, StringComparer.Ordinal)];
    }
}
