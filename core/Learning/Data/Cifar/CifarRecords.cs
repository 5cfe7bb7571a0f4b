namespace SparsePipeline.Learning.Data.Cifar;

/// <summary>What the records of a binary version hold.</summary>
/// <param name="Labels">How many labels each starts with.</param>
/// <param name="Used">Which of them counts, from 0.</param>
/// <param name="Classes">Names of the classes; labels are below their number.</param>
internal sealed record CifarRecords(int Labels, int Used, IReadOnlyList<string> Classes);
