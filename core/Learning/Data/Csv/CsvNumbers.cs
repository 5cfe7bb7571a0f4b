using System.Globalization;
using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Csv;

/// <summary>Labels that are real numbers.</summary>
internal static class CsvNumbers
{
    /// <summary>The rows of a table as examples.</summary>
    /// <param name="table">The table.</param>
    /// <param name="path">Its file, for messages.</param>
    /// <exception cref="DomainException"><see cref="FailureCodes.CorruptArtifact"/>: a label is no finite number; the row is named.</exception>
    public static Examples Of(CsvTable table, string path)
    {
        float[] targets = [.. table.Labels.Select((label, i) => Number(label, i + 1, path))];
        return new Examples(InputShape.Row(table.Columns), new ExampleValues<float>(table.Numbers, table.Columns), new ExampleValues<float>(targets, 1));
    }

    private static float Number(string label, int row, string path) =>
        float.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && float.IsFinite(number)
            ? number
            : throw new DomainException(
                FailureCodes.CorruptArtifact,
                $"CSV file '{path}' has the label '{CsvRows.Shown(label)}' in row {row}, which is no finite number.",
                $"Correct the file, name another column with data.options.label, or set data.options.{TargetKinds.Option} to {TargetKinds.Classes}.");
}
