using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SparsePipeline.Checkpoints;

/// <summary>The index of shards that are being written: that of the checkpoint they are laid out like, with the size they have.</summary>
/// <param name="source">The index to follow.</param>
/// <param name="path">The index to write.</param>
/// <param name="tensorBytes">Bytes of all tensors together.</param>
internal sealed class ShardIndexFile(string source, string path, long tensorBytes)
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Write()
    {
        var index = JsonNode.Parse(File.ReadAllText(source))!.AsObject();
        if (index["metadata"] is not JsonObject metadata)
            index["metadata"] = metadata = [];
        metadata["total_size"] = tensorBytes;
        var temporary = TemporaryName.Beside(path);
        try
        {
            File.WriteAllText(temporary, index.ToJsonString(Options) + "\n");
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
