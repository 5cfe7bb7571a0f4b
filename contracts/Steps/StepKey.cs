using System.Security.Cryptography;

namespace SparsePipeline.Contracts;

/// <summary>The identity of a step: equal keys mean equal results, whoever asks and whenever.</summary>
public static class StepKey
{
    /// <summary>SHA-256 over the canonical JSON of the spec, 64 lower-case hexadecimal digits.</summary>
    public static string Of(StepSpec spec) => Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Serialize(spec)));
}
