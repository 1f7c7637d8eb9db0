using System;
using System.Collections.Generic;

namespace NooksOS.Kernel.Shell;

/// <summary>Finds what somebody probably meant.</summary>
public static class Suggestion
{
    /// <summary>The candidate that is nearest to a word, or null if none is near.</summary>
    public static string? FindNearest(string word, IEnumerable<string> candidates)
    {
        string? nearest = null;
        int nearestDistance = Math.Max(1, word.Length / 3) + 1;
        foreach (string candidate in candidates)
        {
            bool isPrefix = word.Length >= 2 && candidate.StartsWith(word, StringComparison.Ordinal);
            int distance = isPrefix ? 1 : CountEdits(word, candidate);
            if (distance < nearestDistance)
            {
                nearest = candidate;
                nearestDistance = distance;
            }
        }

        return nearest;
    }

    /// <summary>How many insertions, deletions, replacements and swaps of neighbours lead from one word to the other.</summary>
    public static int CountEdits(string from, string to)
    {
        int[,] edits = new int[from.Length + 1, to.Length + 1];
        for (int row = 0; row <= from.Length; row++)
        {
            for (int column = 0; column <= to.Length; column++)
            {
                if (row == 0 || column == 0)
                {
                    edits[row, column] = row + column;
                    continue;
                }

                int replace = edits[row - 1, column - 1] + (from[row - 1] == to[column - 1] ? 0 : 1);
                int best = Math.Min(replace, Math.Min(edits[row - 1, column], edits[row, column - 1]) + 1);
                if (row > 1 && column > 1 && from[row - 1] == to[column - 2] && from[row - 2] == to[column - 1])
                {
                    best = Math.Min(best, edits[row - 2, column - 2] + 1);
                }

                edits[row, column] = best;
            }
        }

        return edits[from.Length, to.Length];
    }
}
