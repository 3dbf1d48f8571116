package org.chromaprep.video.source;

import java.util.Comparator;

/** File names as people count: img2 before img10. Runs of digits compare as numbers, all else as it stands. */
public final class NaturalOrder implements Comparator<String> {
    @Override
    public int compare(String one, String other) {
        var i = 0;
        var j = 0;
        while (i < one.length() && j < other.length()) {
            int order;
            if (isDigit(one.charAt(i)) && isDigit(other.charAt(j))) {
                var endOne = endOfDigits(one, i);
                var endOther = endOfDigits(other, j);
                order = compareNumbers(one.substring(i, endOne), other.substring(j, endOther));
                i = endOne;
                j = endOther;
            } else {
                order = Character.compare(one.charAt(i++), other.charAt(j++));
            }
            if (order != 0) {
                return order;
            }
        }
        var rest = Integer.compare(one.length() - i, other.length() - j);
        return rest != 0 ? rest : one.compareTo(other);
    }

    private static int compareNumbers(String one, String other) {
        var shortOne = one.replaceFirst("^0+", "");
        var shortOther = other.replaceFirst("^0+", "");
        var byLength = Integer.compare(shortOne.length(), shortOther.length());
        return byLength != 0 ? byLength : shortOne.compareTo(shortOther);
    }

    private static int endOfDigits(String text, int from) {
        var end = from;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(char sign) {
        return sign >= '0' && sign <= '9';
    }
}
