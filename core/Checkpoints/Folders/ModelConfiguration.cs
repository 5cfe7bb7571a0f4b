using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SparsePipeline.Checkpoints;

/// <summary>The <c>config.json</c> beside a checkpoint, as far as it says what type the weights have.</summary>
internal static class ModelConfiguration
{
    public const string FileName = "config.json";
    private static readonly string[] Fields = ["dtype", "torch_dtype"];
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text with the type in place of the one it names; null when it names none or is no JSON object.</summary>
    public static string? WithType(string path, TensorType type)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(path)) is JsonObject config && Set(config, type) ? config.ToJsonString(Options) + "\n" : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool Set(JsonObject config, TensorType type)
    {
        var found = false;
        foreach (var (name, value) in config.ToList())
        {
            if (value is JsonObject part)
                found |= Set(part, type);
            else if (Fields.Contains(name) && value?.GetValueKind() == JsonValueKind.String)
            {
                config[name] = Name(type);
                found = true;
            }
        }

        return found;
    }

    private static string Name(TensorType type) => type switch
    {
        TensorType.F16 => "float16",
        TensorType.BF16 => "bfloat16",
        TensorType.F64 => "float64",
        _ => "float32",
    };
}
