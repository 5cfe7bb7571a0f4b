using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>Makes one network of several, under the mask they share or one made of theirs, and says whether it was worth it.</summary>
public static class SoupOperation
{
    /// <summary>Chooses members, averages them, has the soup recalibrated and scored, and writes it.</summary>
    /// <param name="request">Candidates, mask and method.</param>
    /// <param name="scorer">Recalibrates BatchNorm and scores a network on the validation split.</param>
    /// <param name="outputCheckpoint">Gets the soup; trials are written beside it and removed.</param>
    /// <param name="outputMask">Gets the soup's own mask when candidates have theirs; else nothing is written.</param>
    /// <param name="cancellationToken">Stops the work; nothing is left behind.</param>
    /// <remarks>
    /// Scorings: one for the soup, one per candidate and <c>LinePoints − 2</c> per line (all pairs of up to three candidates, else
    /// neighbours in the order offered); the greedy soup adds one per candidate.
    /// </remarks>
    /// <exception cref="DomainException">What averaging refuses, and <see cref="FailureCodes.UnknownMethod"/>.</exception>
    public static async Task<SoupReport> CookAsync(
        SoupRequest request, SoupScorer scorer, string outputCheckpoint, string outputMask, CancellationToken cancellationToken)
    {
        var method = Soups.Registry.Find(request.Method);
        using var candidates = CandidateSet.Open([.. request.Candidates.Select(c => c.Path)], request.Mask, FolderOf(outputCheckpoint), anchor: request.Anchor, statistics: [.. request.Candidates.Select(c => c.Statistics).OfType<string>()]);
        var merger = new Merger(candidates, Environment.ProcessorCount);
        using var kitchen = new Kitchen(merger, MaskedAverage.Of(request, candidates, merger), scorer, outputCheckpoint);
        var context = new SoupContext { Method = request.Method, Info = method.Info, Candidates = request.Candidates, Anchor = request.Anchor, Measure = request.Measure, Score = kitchen.ScoreAsync };
        SoupCheck.Ensure(method, context);
        var mix = await method.ChooseAsync(context, cancellationToken);
        var (score, mask, figures) = await kitchen.ServeAsync(mix, cancellationToken);
        var geometry = GeometryMeasurement.Of(candidates, Environment.ProcessorCount);
        var lines = await LossLines.DrawAsync(request.Candidates.Count, request.LinePoints, kitchen, cancellationToken);
        var report = Named(Report(request, mix.Members, score, geometry, lines), request.Measure) with { Weights = mix.Weights, Merged = figures.Count > 0 ? figures : null };
        if (request.MaskPolicy is null || mask is null)
            return report;
        mask.Save(outputMask);
        return report with { Sparsity = mask.Sparsity, Layers = [.. mask.Tensors.Select(t => new LayerDensity(t.Name, t.Kept, t.Count))] };
    }

    /// <summary>Averages checkpoints without a model or a recipe: w = Σ λᵢ wᵢ.</summary>
    /// <param name="candidates">safetensors files of one structure.</param>
    /// <param name="mask">What the mask prunes must be zero in all of them and is zero in the result; null checks nothing.</param>
    /// <param name="outputCheckpoint">Gets the average.</param>
    /// <param name="weights">λ ≥ 0 adding up to 1, one per candidate; null for 1/n each.</param>
    /// <remarks>
    /// Tensors of F32, F16 and BF16 are read as 32-bit floats, summed in 64 bits, rounded to 32 bits and then to their own type. F64, and tensors that
    /// get another type, are summed in pairs of doubles (some 106 bits), rounded to 64 bits and then to their type. Metadata is what all candidates agree on. Candidates are summed in the order of their contents, so the order they are offered in changes no bit.
    /// What is not of these types is not averaged: it must be equal in all candidates, but for <c>num_batches_tracked</c>, which is that of the
    /// candidate of the largest weight (of several, the largest).
    /// Memory does not grow with the model.
    /// </remarks>
    /// <exception cref="DomainException">
    /// <see cref="FailureCodes.MissingArtifact"/>, <see cref="FailureCodes.ShapeMismatch"/>, <see cref="FailureCodes.MaskMismatch"/>,
    /// <see cref="FailureCodes.NotFinite"/> or <see cref="FailureCodes.InvalidOption"/>.
    /// </exception>
    public static void Merge(
        IReadOnlyList<string> candidates, SparsityMask? mask, string outputCheckpoint, IReadOnlyList<double>? weights = null) =>
        Merge(candidates, mask, new CheckpointTarget(outputCheckpoint), weights, Environment.ProcessorCount);

    /// <summary>As the other, into files like a candidate's own or into another type, in which case candidates may differ in theirs.</summary>
    /// <inheritdoc cref="Merge(IReadOnlyList{string}, SparsityMask?, string, IReadOnlyList{double}?)"/>
    public static void Merge(
        IReadOnlyList<string> candidates, SparsityMask? mask, CheckpointTarget outputCheckpoint, IReadOnlyList<double>? weights = null) =>
        Merge(candidates, mask, outputCheckpoint, weights, Environment.ProcessorCount);

    /// <summary>Merges checkpoints by a soup that scores nothing, without a model or a recipe.</summary>
    /// <param name="method">A registered soup with its options.</param>
    /// <param name="candidates">safetensors files of one structure.</param>
    /// <param name="anchor">A trained network under the same mask that they started from; null for soups that look at none.</param>
    /// <param name="mask">What the mask prunes must be zero in all of them and is zero in the result; null checks nothing.</param>
    /// <param name="output">Gets the merged network.</param>
    /// <param name="cancellationToken">Stops the choice.</param>
    /// <returns>What the merge tells of the tensors; empty for a mean.</returns>
    /// <exception cref="DomainException">What averaging refuses, <see cref="FailureCodes.UnknownMethod"/>, or the soup scores its members.</exception>
    public static async Task<IReadOnlyList<MergedTensor>> MergeAsync(
        MethodSpec method, IReadOnlyList<string> candidates, string? anchor, SparsityMask? mask, CheckpointTarget output, CancellationToken cancellationToken)
    {
        var soup = Soups.Registry.Find(method);
        if (soup.Info.Needs.HasFlag(MethodNeeds.Validation) || soup.Info.Traits.HasFlag(MethodTraits.Idle))
            throw new DomainException(
                FailureCodes.InvalidOption, $"The soup '{method.Name}' chooses by the validation split, and files alone have none.", "Use it in a recipe, or another soup.");
        var context = new SoupContext
        {
            Method = method,
            Info = soup.Info,
            Candidates = [.. candidates.Select(c => new CandidateFile(c, 0))],
            Anchor = anchor,
            Score = (_, _) => throw new InvalidOperationException($"'{method.Name}' scores a merge and does not say so."),
        };
        SoupCheck.Ensure(soup, context);
        using var set = CandidateSet.Open(candidates, mask, output.Folder, anyType: output.Type is not null, anchor);
        return new Merger(set, Environment.ProcessorCount).Write(await soup.ChooseAsync(context, cancellationToken), output);
    }

    /// <summary>Norms, distances and angles of checkpoints of one structure.</summary>
    /// <param name="candidates">safetensors files.</param>
    /// <param name="scratch">Folder with room for what is unpacked; the system's folder for temporary files when left out.</param>
    /// <exception cref="DomainException"><see cref="FailureCodes.MissingArtifact"/> or <see cref="FailureCodes.ShapeMismatch"/>.</exception>
    public static SoupGeometry Measure(IReadOnlyList<string> candidates, string? scratch = null)
    {
        using var set = CandidateSet.Open(candidates, null, scratch, anyType: true);
        return GeometryMeasurement.Of(set, Environment.ProcessorCount);
    }

    internal static void Merge(
        IReadOnlyList<string> candidates, SparsityMask? mask, string outputCheckpoint, IReadOnlyList<double>? weights, int threads) =>
        Merge(candidates, mask, new CheckpointTarget(outputCheckpoint), weights, threads);

    private static void Merge(
        IReadOnlyList<string> candidates, SparsityMask? mask, CheckpointTarget outputCheckpoint, IReadOnlyList<double>? weights, int threads)
    {
        if (weights is not null)
            SoupWeights.Check(weights, candidates.Count);
        using var set = CandidateSet.Open(candidates, mask, outputCheckpoint.Folder, anyType: outputCheckpoint.Type is not null);
        new Merger(set, threads).Write([.. Enumerable.Range(0, candidates.Count)], weights, outputCheckpoint);
    }

    private static string FolderOf(string output) => Path.GetDirectoryName(Path.GetFullPath(output))!;

    private static SoupReport Report(
        SoupRequest request, IReadOnlyList<int> members, SoupScore score, SoupGeometry geometry, IReadOnlyList<LossLine> lines) => new()
        {
            Members = members,
            Distances = geometry.Distances,
            Angles = geometry.Angles,
            LossLines = lines,
            Measures = new(score.Measure, request.Candidates.Average(c => c.Validation), request.Measure.Best(request.Candidates.Select(c => c.Validation))),
            Verdict = SoupVerdict.Of(request, members, score, geometry, lines),
        };

    // What reports have always called accuracy.
    private static SoupReport Named(SoupReport report, MeasureInfo measure) => measure != MeasureInfo.Accuracy ? report : report with
    {
        ValidationAccuracy = report.Measures!.Soup,
        MeanCandidateValidationAccuracy = report.Measures.MeanCandidate,
        BestCandidateValidationAccuracy = report.Measures.BestCandidate,
        Measures = null,
    };
}
