package org.chromaprep.dataset;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of a scene's samples: a line of the data set's {@code scenes.jsonl}.
 *
 * @param film its film's folder
 * @param scene its number in the film
 * @param group the scenes that show the same shot, which are all in one part: the name of the first of them
 * @param part where its samples are; empty where they are left out
 * @param reason why they are left out
 * @param pictures by which the shot is recognised, 32 by 32 grey values each, in Base64
 */
@JsonPropertyOrder({"film", "scene", "group", "part", "reason", "pictures"})
record PlannedScene(
        String film, int scene, String group, Optional<Split> part, Optional<String> reason, List<String> pictures) {}
