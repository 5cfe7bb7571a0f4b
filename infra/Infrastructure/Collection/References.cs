using System.Buffers;

namespace SparsePipeline.Infrastructure.Collection;

/// <summary>The blobs that documents refer to.</summary>
/// <remarks>
/// Whatever looks like a digest counts as one, wherever it stands and whether or not the document can be read: a field that is added one
/// day, a damaged document or a step's own key may keep a blob for nothing, but nothing that is referred to is ever missed.
/// </remarks>
internal sealed class References
{
    private const int Digits = 64;
    private static readonly SearchValues<byte> Hexadecimal = SearchValues.Create("0123456789abcdef"u8);
    private readonly HashSet<BlobName> _names = [];
    private readonly Lock _adding = new();

    public int Count => _names.Count;

    public bool Contains(string digest) => _names.Contains(BlobName.Parse(digest));

    /// <summary>Adds every run of exactly 64 hexadecimal digits; may be called by several threads.</summary>
    public void AddFrom(ReadOnlySpan<byte> document)
    {
        while (document.IndexOfAny(Hexadecimal) is >= 0 and var start)
        {
            document = document[start..];
            var length = document.IndexOfAnyExcept(Hexadecimal);
            var run = length < 0 ? document : document[..length];
            if (run.Length == Digits)
                Add(BlobName.Parse(run));
            document = document[run.Length..];
        }
    }

    private void Add(BlobName name)
    {
        lock (_adding)
            _names.Add(name);
    }
}
