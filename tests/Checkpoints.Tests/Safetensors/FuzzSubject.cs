namespace SparsePipeline.Checkpoints.Tests;

/// <summary>A valid file to be mutated, and what is done with the result.</summary>
internal sealed record FuzzSubject(string Path, byte[] Original, Action Use)
{
    public static FuzzSubject Of(string path, Action<string> use) => new(path, File.ReadAllBytes(path), () => use(path));
}
