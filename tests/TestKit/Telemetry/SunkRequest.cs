using System.Text;

namespace SparsePipeline.TestKit.Telemetry;

/// <summary>One request a <see cref="HttpSink"/> got.</summary>
public sealed record SunkRequest(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>Whether these bytes are somewhere in the body.</summary>
    public bool Contains(ReadOnlySpan<byte> bytes) => Body.AsSpan().IndexOf(bytes) >= 0;
}
