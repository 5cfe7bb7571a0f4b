namespace SparsePipeline.Sparsification.Souping;

/// <summary>Recalibrates BatchNorm of a merged network and scores it on the validation split. May be called again before it has answered.</summary>
public delegate Task<SoupScore> SoupScorer(SoupTrial trial, CancellationToken cancellationToken);
