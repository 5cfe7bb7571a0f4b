namespace SparsePipeline.Contracts;

/// <summary>One bit per prediction on a split.</summary>
/// <param name="Predictions">How many there are.</param>
/// <param name="Bits">Prediction i is right when bit i % 8, counted from the lowest, of byte i / 8 is set; base64 in JSON.</param>
/// <param name="PerExample">Predictions of one example, which follow each other and hang together: 1, or one per position of a text.</param>
public sealed record CorrectExamples(int Predictions, byte[] Bits, int PerExample = 1)
{
    /// <summary>Packs one truth value per prediction.</summary>
    public static CorrectExamples Of(IReadOnlyList<bool> correct, int perExample = 1)
    {
        var bits = new byte[(correct.Count + 7) / 8];
        for (var i = 0; i < correct.Count; i++)
            if (correct[i])
                bits[i / 8] |= (byte)(1 << (i % 8));
        return new(correct.Count, bits, perExample);
    }

    /// <param name="prediction">0-based, below <see cref="Predictions"/>.</param>
    public bool IsCorrect(int prediction) => (Bits[prediction / 8] >> (prediction % 8) & 1) == 1;
}
