namespace SparsePipeline.Contracts;

/// <summary>How the finished weights were averaged over the path of the training.</summary>
/// <param name="Method">Name on the <c>averaging</c> axis.</param>
/// <param name="Members">Moments whose weights are in the average: ends of epochs, or updates.</param>
/// <param name="Distance">Norm of (last weights − average) as a share of the norm of the last weights: close to 0 when averaging changed nothing.</param>
public sealed record AveragingReport(string Method, int Members, double Distance);
